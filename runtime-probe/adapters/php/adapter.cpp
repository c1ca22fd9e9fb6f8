#include "runtime-probe/adapters/php/php.h"

extern "C" {
#include "zend_ini.h"
}

namespace envleak::adapters::php {

const Host* host;
bool ready;

namespace {

#pragma weak zend_post_startup_cb

constexpr Adapter self{interfaceVersion, "PHP", frames, place};

bool isOn(const char* setting) {
  const char* value = zend_ini_string(setting, __builtin_strlen(setting), 0);
  return value != nullptr && *value != '\0' && __builtin_strcmp(value, "0") != 0;
}

bool isCommandLine() { return sapi_module.name != nullptr && __builtin_strcmp(sapi_module.name, "cli") == 0; }

// The just-in-time compiler does not start where there are handlers, and says so.
bool compiles() {
  if (!isOn("opcache.enable") || (isCommandLine() && !isOn("opcache.enable_cli"))) return false;
  return zend_ini_long("opcache.jit_buffer_size", sizeof "opcache.jit_buffer_size" - 1, 0) != 0;
}

// The start of a module's description is the same in every version of PHP.
const zend_module_entry* standardModule() {
  const zval* found = zend_hash_str_find(&module_registry, "standard", 8);
  return found == nullptr ? nullptr : static_cast<const zend_module_entry*>(Z_PTR_P(found));
}

bool fits(const zend_module_entry* module) {
  return module != nullptr && module->zend_api == ZEND_MODULE_API_NO && module->zend_debug == ZEND_DEBUG &&
         module->zts == 0 && module->size == sizeof(zend_module_entry);
}

zend_result (*after_start)();

// PHP has read its settings, all extensions have started, no script has been compiled yet. The opcode cache asks next
// whether there are handlers.
zend_result onStart() {
  const zend_result result = after_start == nullptr ? SUCCESS : after_start();
  const zend_module_entry* module = standardModule();
  if (!fits(module)) {
    host->note("adapter-version", "the adapter is for PHP 8.2 without threads");
    return result;
  }
  ready = true;
  host->covers(module->version);
  if (compiles()) {
    host->note("php-jit", "PHP's just-in-time compiler is on: which variables the script asks for is known by their values alone");
  } else if (isOn("opcache.file_cache")) {
    // Compiled scripts would be left there for processes without the handlers.
    host->note("php-file-cache", "PHP keeps compiled scripts in files: which variables the script asks for is known by their values alone");
  } else {
    watchAccesses();
    if (!isOn("opcache.protect_memory") && !isOn("opcache.consistency_checks")) prepareToFollow();
  }
  return result;
}

}  // namespace
}  // namespace envleak::adapters::php

const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* from) {
  using namespace envleak::adapters::php;
  if (from->version != envleak::adapters::interfaceVersion) return nullptr;
  host = from;
  if (&zend_post_startup_cb == nullptr) {
    from->note("adapter-version", "the adapter is for PHP 8.2 without threads");
    return nullptr;
  }
  rememberMainThread();
  watchImports();
  after_start = zend_post_startup_cb;
  zend_post_startup_cb = onStart;
  return &self;
}
