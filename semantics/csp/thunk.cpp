#include "semantics/csp/thunk.hpp"

#include <new>

namespace tryst::csp {

Handle Handle::make(ObjectKind kind, std::uint32_t count, CodeId code) {
  // A thunk becomes `done` in place, so it has room for its value.
  const std::uint32_t room = count == 0 && kind <= ObjectKind::done ? 1 : count;
  void* memory = ::operator new(sizeof(Object) + room * sizeof(Handle));
  auto* object = new (memory) Object{1, kind, false, room, code, 0, 0};
  for (std::uint32_t i = 0; i < room; ++i) new (object->fields() + i) Handle();
  return Handle(reinterpret_cast<std::uint64_t>(object));
}

// Frees an object and all that only it refers to. Iterative: a sequence may be millions of cells long. The objects that
// wait to be freed are linked through their first word of `number`.
void Handle::destroy(Object* first) {
  first->number = 0;
  while (first != nullptr) {
    Object* const object = first;
    first = reinterpret_cast<Object*>(object->number);
    for (std::uint32_t i = 0; i < object->count; ++i) {
      Handle& field = object->fields()[i];
      if (field.is_object() && --field.object().references == 0) {
        field.object().number = reinterpret_cast<std::int64_t>(first);
        first = &field.object();
      }
      field.bits_ = 0;
    }
    ::operator delete(object);
  }
}

}  // namespace tryst::csp
