// A token goes round among a thousand goroutines.
package main

import (
	"os"
	"strconv"
)

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	first := make(chan int)
	in := first
	for i := 1; i < 1000; i++ {
		out := make(chan int)
		go func(in, out chan int) {
			for x := range in {
				out <- x
			}
		}(in, out)
		in = out
	}
	for i := 0; i < n; i += 1000 {
		first <- i
		<-in
	}
}
