syscmd(`echo "$N1"')
