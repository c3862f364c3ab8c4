#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

// Asked by the leak sanitizer. Z3 does not give back all that a query had allocated whose time was over.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libz3\n"; }
