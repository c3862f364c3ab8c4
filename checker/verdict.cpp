#include "checker/verdict.hpp"
