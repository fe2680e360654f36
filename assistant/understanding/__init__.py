"""Reading a question: what is asked, which numbers it tells, how it follows what came before."""
