// Eight goroutines meet at a barrier, counted under a lock.
package main

import (
	"os"
	"strconv"
	"sync"
)

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	var lock sync.Mutex
	turn := sync.NewCond(&lock)
	waiting, round := 0, 0
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for k := 0; k < n; k++ {
				lock.Lock()
				mine := round
				if waiting++; waiting == 8 {
					waiting = 0
					round++
					turn.Broadcast()
				}
				for mine == round {
					turn.Wait()
				}
				lock.Unlock()
			}
		}()
	}
	all.Wait()
}
