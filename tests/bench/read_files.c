// SPDX-License-Identifier: Apache-2.0
// read_files LIST: opens and reads every file named in LIST, one name a line. What the audit would
// cost if judging were free.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static char name[4096];
    static char buffer[65536];
    if (argc != 2) return 2;
    FILE *list = fopen(argv[1], "r");
    if (list == NULL) return 2;
    while (fgets(name, sizeof name, list) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        const int fd = open(name, O_RDONLY | O_NONBLOCK);
        if (fd < 0) continue;
        while (read(fd, buffer, sizeof buffer) > 0) {
        }
        close(fd);
    }
    fclose(list);
    return 0;
}
