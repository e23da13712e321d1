/*
 * A disk that can be told to fail, for LD_PRELOAD. Calls on files under $FAULT_FILES look into the folder
 * $FAULT_SWITCHES first: a file called "write" or "sync" there holds the errno to fail with, one called
 * "slow" the milliseconds by which a sync takes longer. Declares what it needs itself, so that a compiler
 * without headers will do.
 */
typedef long ssize_t;
typedef unsigned long size_t;
typedef long off_t;

extern void *dlsym(void *, const char *);
extern char *getenv(const char *);
extern int open(const char *, int, ...);
extern int close(int);
extern ssize_t read(int, void *, size_t);
extern ssize_t readlink(const char *, char *, size_t);
extern int snprintf(char *, size_t, const char *, ...);
extern int usleep(unsigned);
extern int *__errno_location(void);
extern int strncmp(const char *, const char *, size_t);
extern size_t strlen(const char *);
extern int atoi(const char *);

#define NEXT ((void *)-1l)

static int told(const char *name)
{
	char path[4096], text[16];
	const char *folder = getenv("FAULT_SWITCHES");
	if (!folder) return 0;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	int file = open(path, 0);
	if (file < 0) return 0;
	ssize_t length = read(file, text, sizeof text - 1);
	close(file);
	text[length > 0 ? length : 0] = 0;
	return atoi(text);
}

static int concerns(int file)
{
	char link[64], path[4096];
	const char *files = getenv("FAULT_FILES");
	if (!files) return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", file);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length < 0) return 0;
	path[length] = 0;
	return strncmp(path, files, strlen(files)) == 0;
}

static int fails(int file, const char *name)
{
	if (!concerns(file)) return 0;
	int error = told(name);
	if (error) *__errno_location() = error;
	return error;
}

#define WRITE(name, parameters, arguments)                                   \
	ssize_t name parameters                                              \
	{                                                                    \
		static ssize_t(*next) parameters;                            \
		if (!next) next = (ssize_t(*) parameters)dlsym(NEXT, #name); \
		return fails(file, "write") ? -1 : next arguments;           \
	}
WRITE(write, (int file, const void *from, size_t size), (file, from, size))
WRITE(pwrite, (int file, const void *from, size_t size, off_t at), (file, from, size, at))
WRITE(pwrite64, (int file, const void *from, size_t size, off_t at), (file, from, size, at))

#define SYNC(name)                                                      \
	int name(int file)                                              \
	{                                                               \
		static int (*next)(int);                                \
		if (!next) next = (int (*)(int))dlsym(NEXT, #name);     \
		if (fails(file, "sync")) return -1;                     \
		int slow = concerns(file) ? told("slow") : 0;           \
		if (slow) usleep(slow * 1000);                          \
		return next(file);                                      \
	}
SYNC(fsync)
SYNC(fdatasync)
