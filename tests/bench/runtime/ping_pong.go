// Two goroutines, two channels by turns.
package main

import (
	"os"
	"strconv"
)

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	ping, pong := make(chan int), make(chan int)
	go func() {
		for x := range ping {
			pong <- x
		}
	}()
	for i := 0; i < n; i += 2 {
		ping <- i
		<-pong
	}
}
