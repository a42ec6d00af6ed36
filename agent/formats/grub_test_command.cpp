// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_test_command.h"

#include <algorithm>
#include <array>

#include "agent/core/text.h"

namespace guestprep {
namespace {

using Answer = std::optional<bool>;

constexpr std::array<std::string_view, 14> kComparisons = {
    "=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "<", ">", "<=", ">=", "-nt"};

Answer compare_numbers(std::string_view op, std::string_view a, std::string_view b) {
    const auto left = to_number(a);
    const auto right = to_number(b);
    if (!left || !right) return std::nullopt;
    if (op == "-eq") return *left == *right;
    if (op == "-ne") return *left != *right;
    if (op == "-lt") return *left < *right;
    if (op == "-le") return *left <= *right;
    if (op == "-gt") return *left > *right;
    if (op == "-ge") return *left >= *right;
    return std::nullopt;
}

class Test {
public:
    Test(std::span<const GrubArgument> arguments, bool has_environment)
        : rest_(arguments), has_environment_(has_environment) {}

    Answer either() {
        auto result = both();
        while (take("-o")) {
            const auto right = both();
            if (result == true || right == true)
                result = true;
            else if (!result || !right)
                result = std::nullopt;
        }
        return rest_.empty() ? result : std::nullopt;
    }

private:
    bool take(std::string_view word) {
        if (rest_.empty() || rest_.front().text != word) return false;
        rest_ = rest_.subspan(1);
        return true;
    }
    GrubArgument next() {
        if (rest_.empty()) return {};
        auto out = rest_.front();
        rest_ = rest_.subspan(1);
        return out;
    }
    Answer both() {
        auto result = one();
        while (take("-a")) {
            const auto right = one();
            if (result == false || right == false)
                result = false;
            else if (!result || !right)
                result = std::nullopt;
        }
        return result;
    }
    Answer one() {
        bool negated = false;
        while (take("!")) negated = !negated;
        const auto result = primary();
        return result && negated ? Answer(!*result) : result;
    }
    Answer primary() {
        if (rest_.size() >= 3 &&
            std::ranges::find(kComparisons, rest_[1].text) != kComparisons.end()) {
            const auto a = next();
            const auto op = next();
            const auto b = next();
            if (!a.certain || !b.certain) return std::nullopt;
            if (op.text == "=" || op.text == "==") return a.text == b.text;
            if (op.text == "!=") return a.text != b.text;
            return compare_numbers(op.text, a.text, b.text);
        }
        const auto word = next();
        if (word.text.size() == 2 && word.text[0] == '-' && !rest_.empty()) {
            const auto value = next();
            if (word.text == "-n" || word.text == "-z")
                return value.certain ? Answer(value.text.empty() == (word.text == "-z"))
                                     : std::nullopt;
            // Which files the loader will see is not for text to say, but for its own environment.
            if (value.text.ends_with("/grubenv")) return has_environment_;
            return std::nullopt;
        }
        return word.certain ? Answer(!word.text.empty()) : std::nullopt;
    }

    std::span<const GrubArgument> rest_;
    bool has_environment_;
};

}  // namespace

std::optional<bool> grub_test(std::span<const GrubArgument> arguments, bool has_environment) {
    return Test(arguments, has_environment).either();
}

}  // namespace guestprep
