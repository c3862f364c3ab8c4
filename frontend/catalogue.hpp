// Every diagnostic code with what `tryst explain` says about it. One table a phase, in frontend/catalogue/.
//
// A code never changes its meaning; a retired one is not used again. A test checks that every code in the sources has
// an entry here, that every entry is provoked by a test, and that the example of an entry produces that very code.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace tryst {

struct CatalogueEntry {
  std::string_view code;         // "P0203"
  std::string_view title;        // "unknown name"
  std::string_view explanation;  // one to four sentences: what it means, why it is so, how to mend it
  std::string_view example;      // a minimal script (or command) that provokes it; may be empty for limits
};

namespace catalogue {
std::span<const CatalogueEntry> syntax();       // P01xx
std::span<const CatalogueEntry> scope();        // P02xx
std::span<const CatalogueEntry> types();        // P03xx
std::span<const CatalogueEntry> evaluation();   // P04xx
std::span<const CatalogueEntry> assertions();   // P05xx
std::span<const CatalogueEntry> lts_files();    // P060x
std::span<const CatalogueEntry> relabelling();  // P065x
std::span<const CatalogueEntry> deployment();   // P066x, P067x
std::span<const CatalogueEntry> pi();           // P07xx, P08xx
std::span<const CatalogueEntry> lint();         // P09xx
}  // namespace catalogue

// All tables, in the order of their codes.
std::vector<CatalogueEntry> all_catalogue_entries();

// The entry of a code, or null.
const CatalogueEntry* find_catalogue_entry(std::string_view code);

}  // namespace tryst
