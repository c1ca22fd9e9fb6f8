.PHONY: all
all: ; @echo "$$N1"; true
