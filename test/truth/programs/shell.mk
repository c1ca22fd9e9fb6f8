all: ; @echo "$$N1"; true
