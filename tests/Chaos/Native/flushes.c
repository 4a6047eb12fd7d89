/* Notes which files and directories a process has flushed, and what it has renamed, in the file that CHAOS_FLUSHES names; loaded before the C library (LD_PRELOAD). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int notes = -1;

__attribute__((constructor)) static void open_notes(void)
{
    const char *path = getenv("CHAOS_FLUSHES");
    if (path != NULL)
        notes = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(char *line, int length, int size)
{
    int saved = errno;
    if (notes >= 0 && length > 0 && length < size && write(notes, line, (size_t)length) != length)
        abort();
    errno = saved;
}

static void note_flush(int descriptor)
{
    char link[64], path[4096], line[4200];
    struct stat about;
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0 && fstat(descriptor, &about) == 0)
    {
        path[length] = 0;
        note(line, snprintf(line, sizeof line, S_ISDIR(about.st_mode) ? "directory\t%s\n" : "file\t%s\t%lld\n", path, (long long)about.st_size), sizeof line);
    }
    errno = saved;
}

int fsync(int descriptor)
{
    int result = ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(descriptor);
    if (result == 0)
        note_flush(descriptor);
    return result;
}

int fdatasync(int descriptor)
{
    int result = ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(descriptor);
    if (result == 0)
        note_flush(descriptor);
    return result;
}

int rename(const char *from, const char *to)
{
    char line[8300];
    int result = ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
    if (result == 0)
        note(line, snprintf(line, sizeof line, "rename\t%s\t%s\n", from, to), sizeof line);
    return result;
}
