"""Calls of litellm from an environment of its own: `python litellm_calls.py http://127.0.0.1:PORT`."""

import json
import sys

GRANT = "长宁区硬核技术攻关自筹800万元能拿多少？"


def main(base: str) -> None:
    """Print what litellm got, as JSON."""
    import litellm  # in an environment of its own alone

    about = {"model": "openai/policy-assistant", "api_base": f"{base}/v1", "api_key": "any", "num_retries": 0}

    def complete(*texts: str, **more: object) -> object:
        messages = [{"role": "user", "content": text} for text in texts]
        return litellm.completion(**about, messages=messages, **more)

    whole = complete(GRANT)
    chunks = list(complete(GRANT, stream=True, stream_options={"include_usage": True}))
    try:
        complete(" ")
        error = ""
    except litellm.exceptions.BadRequestError as raised:
        error = type(raised).__name__
    told = {
        "whole": whole.choices[0].message.content,
        "streamed": "".join(one.choices[0].delta.content or "" for one in chunks if one.choices),
        "follow_up": complete(GRANT, "那换成150万呢").choices[0].message.content,
        "usage": whole.usage.total_tokens,
        "error": error,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
