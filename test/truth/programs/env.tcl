puts $env(N1)
