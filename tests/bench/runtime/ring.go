// A token goes round among a hundred goroutines.
package main

import (
	"os"
	"strconv"
)

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	first := make(chan int)
	in := first
	for i := 1; i < 100; i++ {
		out := make(chan int)
		go func(in, out chan int) {
			for x := range in {
				out <- x
			}
		}(in, out)
		in = out
	}
	for i := 0; i < n; i += 100 {
		first <- i
		<-in
	}
}
