// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/yaml_tree.h"

#include <yaml.h>

#include <algorithm>
#include <map>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostNodes = 50'000;  // aliases counted at their full size
constexpr unsigned kMostDepth = 64;
constexpr std::size_t kMostBytes = std::size_t{4} << 20;

std::size_t nodes_in(const YamlNode& node) {
    std::size_t count = 1;
    for (const auto& item : node.items) count += nodes_in(item);
    for (const auto& member : node.members) count += nodes_in(member.value);
    return count;
}

bool is_null(std::string_view text) {
    return text.empty() || text == "~" || equal_ignoring_case(text, "null");
}

std::string text_of(const unsigned char* text) {
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

class Parser {
public:
    explicit Parser(std::string_view text) {
        ready_ = yaml_parser_initialize(&parser_) != 0;
        if (ready_)
            yaml_parser_set_input_string(
                &parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    ~Parser() {
        drop();
        if (ready_) yaml_parser_delete(&parser_);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    Result<YamlNode> document() {
        if (!ready_) return failure(Errc::io, "out of memory");
        for (;;) {
            if (!next()) return std::unexpected(error_);
            if (event_.type == YAML_STREAM_END_EVENT) return YamlNode{};
            if (event_.type == YAML_DOCUMENT_START_EVENT) break;
        }
        if (!next()) return std::unexpected(error_);
        YamlNode root;
        if (!value(root, 0)) return std::unexpected(error_);
        return root;
    }

private:
    bool next() {
        drop();
        if (yaml_parser_parse(&parser_, &event_) == 0) {
            const auto* problem = parser_.problem == nullptr ? "no YAML" : parser_.problem;
            // Trouble with the encoding has no mark.
            fail(Errc::bad_syntax, parser_.problem_mark.line + 1, problem);
            return false;
        }
        has_event_ = true;
        return true;
    }
    void drop() {
        if (has_event_) yaml_event_delete(&event_);
        has_event_ = false;
    }
    bool fail(Errc code, std::size_t line, std::string_view what) {
        error_ = {code, "line " + std::to_string(line) + ": " + shown(what)};
        return false;
    }
    [[nodiscard]] std::size_t line() const { return event_.start_mark.line + 1; }

    /// Builds the node that the present event begins; leaves its last event as the present one.
    bool value(YamlNode& out, unsigned depth) {
        if (depth > kMostDepth) return fail(Errc::too_large, line(), "nested too deeply");
        if (++nodes_ > kMostNodes) return fail(Errc::too_large, line(), "too many values");
        out.line = line();
        std::string anchor;
        bool good = false;
        switch (event_.type) {
            case YAML_ALIAS_EVENT:
                return alias(out);
            case YAML_SCALAR_EVENT:
                anchor = text_of(event_.data.scalar.anchor);
                good = scalar(out);
                break;
            case YAML_SEQUENCE_START_EVENT:
                anchor = text_of(event_.data.sequence_start.anchor);
                good = sequence(out, depth);
                break;
            case YAML_MAPPING_START_EVENT:
                anchor = text_of(event_.data.mapping_start.anchor);
                good = mapping(out, depth);
                break;
            default:
                return fail(Errc::bad_syntax, line(), "a value is expected");
        }
        out.end_line = event_.end_mark.line + 1;
        if (good && !anchor.empty()) anchors_[anchor] = out;
        return good;
    }
    bool alias(YamlNode& out) {
        const auto found = anchors_.find(text_of(event_.data.alias.anchor));
        // Not there yet also where a value would hold itself.
        if (found == anchors_.end()) return fail(Errc::bad_syntax, line(), "unknown alias");
        nodes_ += nodes_in(found->second);
        if (nodes_ > kMostNodes) return fail(Errc::too_large, line(), "aliases grow too large");
        const auto at = out.line;
        out = found->second;
        out.line = at;
        return true;
    }
    bool scalar(YamlNode& out) {
        const auto& data = event_.data.scalar;
        out.text.assign(reinterpret_cast<const char*>(data.value), data.length);
        const bool plain = data.style == YAML_PLAIN_SCALAR_STYLE;
        out.kind = plain && is_null(out.text) ? YamlNode::Kind::null : YamlNode::Kind::scalar;
        return true;
    }
    bool sequence(YamlNode& out, unsigned depth) {
        out.kind = YamlNode::Kind::sequence;
        for (;;) {
            if (!next()) return false;
            if (event_.type == YAML_SEQUENCE_END_EVENT) return true;
            YamlNode item;
            if (!value(item, depth + 1)) return false;
            out.items.push_back(std::move(item));
        }
    }
    bool mapping(YamlNode& out, unsigned depth) {
        out.kind = YamlNode::Kind::mapping;
        for (;;) {
            if (!next()) return false;
            if (event_.type == YAML_MAPPING_END_EVENT) return true;
            YamlNode key;
            if (!value(key, depth + 1)) return false;
            YamlMember member{.key = key.text, .line = key.line};
            if (!next() || !value(member.value, depth + 1)) return false;
            out.members.push_back(std::move(member));
        }
    }

    yaml_parser_t parser_{};
    yaml_event_t event_{};
    bool ready_ = false;
    bool has_event_ = false;
    std::size_t nodes_ = 0;
    std::map<std::string, YamlNode> anchors_;
    Error error_;
};

}  // namespace

const YamlMember* YamlNode::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &YamlMember::key);
    return found == members.end() ? nullptr : &*found;
}

std::optional<std::string> YamlNode::scalar(std::string_view key) const {
    const auto* member = find(key);
    if (member == nullptr || member->value.kind != Kind::scalar) return std::nullopt;
    return member->value.text;
}

std::vector<std::string> YamlNode::scalars(std::string_view key) const {
    std::vector<std::string> out;
    const auto* member = find(key);
    if (member == nullptr) return out;
    if (member->value.kind == Kind::scalar) out.push_back(member->value.text);
    for (const auto& item : member->value.items)
        if (item.kind == Kind::scalar) out.push_back(item.text);
    return out;
}

Result<YamlNode> parse_yaml(std::string_view text) {
    if (text.size() > kMostBytes) return failure(Errc::too_large, "larger than any configuration");
    return Parser(text).document();
}

std::optional<bool> yaml_bool(std::string_view text) {
    static constexpr std::string_view kTrue[] = {"true", "yes", "on", "y"};
    static constexpr std::string_view kFalse[] = {"false", "no", "off", "n"};
    const auto word = lowercase(text);
    if (std::ranges::find(kTrue, word) != std::end(kTrue)) return true;
    if (std::ranges::find(kFalse, word) != std::end(kFalse)) return false;
    return std::nullopt;
}

}  // namespace guestprep
