// The names and types in scope while one function or point is translated; those of the caller come back afterwards.
#pragma once

#include <utility>

#include "runtime/emitter/translate.hpp"

namespace tryst::emitter {

class Translation::Context {
 public:
  static constexpr std::size_t depth_max = 100;  // functions that are met inside one another

  // `instance`: of the types around a local function.
  explicit Context(Translation& translation, Instance instance = {})
      : translation_(translation),
        scope_(std::exchange(translation.scope_, {})),
        constants_(std::exchange(translation.constants_, {})),
        instance_(std::exchange(translation.instance_, std::move(instance))),
        frames_(std::exchange(translation.frames_, {})),
        in_scope_(std::exchange(translation.in_scope_, {})) {
    if (++translation_.depth_ > depth_max) throw Untranslatable{"its functions are too many"};
  }
  ~Context() {
    --translation_.depth_;
    translation_.scope_ = std::move(scope_);
    translation_.constants_ = std::move(constants_);
    translation_.instance_ = std::move(instance_);
    translation_.frames_ = std::move(frames_);
    translation_.in_scope_ = std::move(in_scope_);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

 private:
  Translation& translation_;
  Scope scope_;
  std::map<csp::BindingId, ExprId> constants_;
  Instance instance_;
  std::vector<Frame> frames_;
  std::vector<std::string> in_scope_;
};

}  // namespace tryst::emitter
