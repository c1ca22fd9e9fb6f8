package main

// #include <stdlib.h>
import "C"

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println(os.Getenv("N1"))
	fmt.Println(C.GoString(C.getenv(C.CString("N2"))))
}
