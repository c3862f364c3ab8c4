#include "frontend/catalogue.hpp"

namespace tryst {

namespace {

constexpr std::span<const CatalogueEntry> (*tables[])() = {
    catalogue::syntax,    catalogue::scope,       catalogue::types,      catalogue::evaluation, catalogue::assertions,
    catalogue::lts_files, catalogue::relabelling, catalogue::deployment, catalogue::pi,         catalogue::lint};

}  // namespace

std::vector<CatalogueEntry> all_catalogue_entries() {
  std::vector<CatalogueEntry> all;
  for (const auto table : tables)
    for (const CatalogueEntry& entry : table()) all.push_back(entry);
  return all;
}

const CatalogueEntry* find_catalogue_entry(std::string_view code) {
  for (const auto table : tables)
    for (const CatalogueEntry& entry : table())
      if (entry.code == code) return &entry;
  return nullptr;
}

}  // namespace tryst
