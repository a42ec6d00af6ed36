// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

struct YamlMember;

/// A YAML value. Aliases are put in place of what they stand for.
struct YamlNode {
    enum class Kind : unsigned char { null, scalar, sequence, mapping };
    Kind kind = Kind::null;
    std::string text;  ///< of a scalar
    std::vector<YamlNode> items;
    std::vector<YamlMember> members;  ///< in the order of the file
    std::size_t line = 0;             ///< first line, from 1
    std::size_t end_line = 0;  ///< first line after a sequence or mapping in blocks, else the last

    [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
    /// The member of that name; nullptr where there is none or this is no mapping.
    [[nodiscard]] const YamlMember* find(std::string_view key) const;
    /// Its value, if it is a scalar.
    [[nodiscard]] std::optional<std::string> scalar(std::string_view key) const;
    /// The scalars in its value: a sequence of them or a single one.
    [[nodiscard]] std::vector<std::string> scalars(std::string_view key) const;
};

struct YamlMember {
    std::string key;
    YamlNode value;
    std::size_t line = 0;  ///< of the key
};

/// The first document of a text. Errors: bad_syntax naming the line; too_large for one that is
/// nested too deeply or grows too large by its aliases.
[[nodiscard]] Result<YamlNode> parse_yaml(std::string_view text);

/// "true", "yes", "on", "y" and their opposites, in any case, as YAML 1.1 has them.
[[nodiscard]] std::optional<bool> yaml_bool(std::string_view text);

}  // namespace guestprep
