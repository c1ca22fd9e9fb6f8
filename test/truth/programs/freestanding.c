// Linked statically without any libc.
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

__attribute__((used)) void begin(long* stack) {
  char** entry = (char**)(stack + *stack + 2);
  for (; *entry; ++entry)
    if ((*entry)[0] == 'N' && (*entry)[1] == '1' && (*entry)[2] == '=') call(1, 1, (long)*entry, 11);
  call(231, 0, 0, 0);
}
__asm__(".globl _start\n_start: mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
