// Eight producers, and a consumer that selects among eight channels.
package main

import (
	"os"
	"strconv"
)

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	var c [8]chan int
	for i := range c {
		c[i] = make(chan int)
		go func(out chan int) {
			for {
				out <- 1
			}
		}(c[i])
	}
	for i := 0; i < n; i++ {
		select {
		case <-c[0]:
		case <-c[1]:
		case <-c[2]:
		case <-c[3]:
		case <-c[4]:
		case <-c[5]:
		case <-c[6]:
		case <-c[7]:
		}
	}
}
