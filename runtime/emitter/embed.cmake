# Writes OUTPUT, the definition of runtime_files(): the files of FOLDER that FILES names, as string literals.
set(text "// Made by runtime/emitter/embed.cmake.\n#include \"runtime/emitter/project.hpp\"\n\n")
string(APPEND text "namespace tryst::emitter {\n\nconst std::vector<File>& runtime_files() {\n  static const std::vector<File> files{\n")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} content)
  string(APPEND text "      {\"tryst/runtime/${file}\", R\"_tryst_(${content})_tryst_\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace tryst::emitter\n")
file(WRITE ${OUTPUT} "${text}")
