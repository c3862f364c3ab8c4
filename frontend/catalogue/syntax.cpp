#include "frontend/catalogue.hpp"

namespace tryst::catalogue {

std::span<const CatalogueEntry> syntax() { return {}; }

}  // namespace tryst::catalogue
