"""Reading a question: what is asked, which numbers it tells and in which role, how it follows the turn before."""
