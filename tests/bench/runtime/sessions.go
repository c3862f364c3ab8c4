// What sessions.pi does: for each session a channel made by the client, one by the server, and a goroutine.
package main

import (
	"os"
	"strconv"
)

func main() {
	steps, _ := strconv.Atoi(os.Args[1])
	open := make(chan chan chan struct{})
	go func() {
		for reply := range open {
			session := make(chan struct{})
			go func() { reply <- session }()
			<-session
		}
	}()
	for i := 0; i < steps/3; i++ {
		reply := make(chan chan struct{})
		open <- reply
		session := <-reply
		session <- struct{}{}
	}
}
