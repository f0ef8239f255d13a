// SPDX-License-Identifier: GPL-3.0-or-later

// Command chatter writes numbered log lines, for tests of log readers: every line once, in order.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	lines := flag.Int("lines", 0, "how many lines to write; 0 means without end")
	rate := flag.Int("rate", 10, "lines a second; 0 means as fast as can be")
	size := flag.Int("size", 120, "bytes a line, at least")
	stay := flag.Bool("stay", true, "stay alive after the last line")
	flag.Parse()

	out := bufio.NewWriter(os.Stdout)
	padding := strings.Repeat(".", *size)
	began := time.Now()
	for n := 1; *lines == 0 || n <= *lines; n++ {
		line := fmt.Sprintf("[1] %s [INF] line %d ", time.Now().Format("2006/01/02 15:04:05.000000"), n)
		fmt.Fprintln(out, line+padding[:max(0, *size-len(line))])
		if *rate > 0 {
			if ahead := time.Duration(n)*time.Second/time.Duration(*rate) - time.Since(began); ahead > time.Millisecond {
				out.Flush()
				time.Sleep(ahead)
			}
		}
	}
	out.Flush()
	if *stay {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM)
		<-stop
	}
}
