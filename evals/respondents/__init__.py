"""Who is asked: this program in process, any server that speaks our API, or any OpenAI-shaped one."""
