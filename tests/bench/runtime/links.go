// What links.pi does: a channel goes round through a thousand goroutines.
package main

import (
	"os"
	"strconv"
)

func main() {
	steps, _ := strconv.Atoi(os.Args[1])
	const links = 1000
	first := make(chan chan int)
	left := first
	for i := 1; i < links; i++ {
		right := make(chan chan int)
		go func(left, right chan chan int) {
			for x := range left {
				right <- x
			}
		}(left, right)
		left = right
	}
	first <- make(chan int)
	for i := 0; i < steps; i += links {
		first <- <-left
	}
}
