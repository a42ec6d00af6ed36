// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A piece of a word: text, or the name of a variable to put in its place.
struct GrubPart {
    std::string text;
    bool variable = false;
};

struct GrubWord {
    std::vector<GrubPart> parts;
};

/// A statement of GRUB 2's script language.
struct GrubCommand {
    enum class Kind { simple, choice, loop, function };
    struct Branch;

    Kind kind = Kind::simple;
    std::size_t line = 0;
    std::vector<GrubWord> words;    ///< simple: the command; function: its name; for-loop: the list
    bool has_block = false;         ///< simple: "{ ... }" follows, as after menuentry
    std::vector<GrubCommand> body;  ///< of the block, the loop or the function
    std::vector<Branch> branches;   ///< choice: if, elif ..., else (without condition)
};

struct GrubCommand::Branch {
    std::vector<GrubCommand> condition;  ///< empty for else
    std::vector<GrubCommand> body;
};

struct GrubScript {
    std::vector<GrubCommand> commands;
    std::vector<std::string> problems;  ///< "line 12: \"fi\" without \"if\""
};

/// Never fails: what GRUB would stumble over becomes a problem, and reading goes on after it, as
/// GRUB itself does. Blocks nested deeper than any generated file and files with more words than
/// any real one are cut there, with a problem.
[[nodiscard]] GrubScript parse_grub_script(std::string_view text);

}  // namespace guestprep
