// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/guarded.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "tests/support/catch.h"

namespace guestprep {
namespace {

using namespace std::chrono_literals;
using Answers = std::vector<std::optional<std::string>>;

std::string name_of(std::size_t i) { return "answer " + std::to_string(i); }

TEST_CASE("guarded: all answers come back in order") {
    CHECK(guarded_answers(3, name_of, 2s, 5s) == Answers{"answer 0", "answer 1", "answer 2"});
    CHECK(guarded_answers(0, name_of, 2s, 5s).empty());
    const auto large =
        guarded_answers(2, [](std::size_t) { return std::string(300'000, 'x'); }, 2s, 5s);
    CHECK(large[1].value_or("").size() == 300'000);
}

TEST_CASE("guarded: a call that hangs costs its own answer only") {
    const auto answers = guarded_answers(
        3, [](std::size_t i) { return i == 1 ? (::pause(), "never") : name_of(i); }, 200ms, 5s);
    CHECK(answers == Answers{"answer 0", std::nullopt, "answer 2"});
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}

TEST_CASE("guarded: so does one that crashes or throws") {
    CHECK(guarded_answers(
              4,
              [](std::size_t i) {
                  if (i == 0) ::_exit(9);
                  if (i == 2) throw std::runtime_error("bad");
                  return name_of(i);
              },
              2s, 5s) == Answers{std::nullopt, "answer 1", std::nullopt, "answer 3"});
}

TEST_CASE("guarded: the time for all is kept") {
    const auto answers =
        guarded_answers(50, [](std::size_t) { return (::pause(), std::string()); }, 150ms, 400ms);
    CHECK(answers == Answers(50));
}

}  // namespace
}  // namespace guestprep
