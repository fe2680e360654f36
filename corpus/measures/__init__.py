"""Awards as data: reading `measures.yaml` and binding every quote to its one place in the clause."""
