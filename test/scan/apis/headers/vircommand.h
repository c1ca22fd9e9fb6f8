// A stand-in for libvirt's src/util/vircommand.h: what the tests call, declared in our own words.
#pragma once
typedef struct _virCommand virCommand;
virCommand *virCommandNew(const char *binary);
void virCommandAddEnvPair(virCommand *, const char *name, const char *value);
void virCommandAddEnvPass(virCommand *, const char *name);
void virCommandAddEnvPassCommon(virCommand *);
void virCommandAddEnvXDG(virCommand *, const char *folder);
int virCommandRun(virCommand *, int *status);
