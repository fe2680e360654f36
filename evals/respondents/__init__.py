"""Who is asked: this program in process, the plain baseline, a server that speaks our API, or OpenAI's."""
