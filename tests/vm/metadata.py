#!/usr/bin/env python3
"""The little of the EC2 instance metadata service that a guest asks at boot. One HTTP connection on stdin and stdout."""

import sys


def main():
    with open(sys.argv[1], encoding='ascii') as file:
        key = file.read()
    tree = {
        '/latest/api/token': 'AQAEAlabtoken',
        '/latest/meta-data/instance-id': 'i-0123456789abcdef0',
        '/latest/meta-data/public-keys/': '0=lab',
        '/latest/meta-data/public-keys/0/openssh-key': key,
    }
    for line in iter(sys.stdin.buffer.readline, b''):
        words = line.decode(errors='replace').split()
        while sys.stdin.buffer.readline().strip():
            pass
        path = words[1] if len(words) > 1 else ''
        body = tree.get(path, '').encode()
        status = '200 OK' if path in tree else '404 Not Found'
        head = f'HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n'
        sys.stdout.buffer.write(head.encode() + body)
        sys.stdout.flush()
        break


main()
