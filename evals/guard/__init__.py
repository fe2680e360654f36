"""How well the guard over worded answers works: lies it must block, right rewordings it must let through."""
