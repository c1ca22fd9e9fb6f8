$(info $(N1))
all: ;
