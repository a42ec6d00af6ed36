// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_values.h"

#include "agent/core/text.h"

namespace guestprep {
namespace {

/// Reads the tokens of one or several sets' bodies, braces within braces taken as one.
class ElementReader {
public:
    void take(const NftToken& token) {
        if (token.is("{") || token.is("}") || token.is("=") || token.is("\n")) return;
        if (token.is(",")) return end();
        if (in_verdict_) {
            element_.verdict.push_back(token);
        } else if (token.is(":")) {
            in_verdict_ = true;
            skipping_ = false;
        } else if (token.is("timeout") || token.is("expires") || token.is("comment") ||
                   token.is("counter") || token.is("limit") || token.is("last")) {
            skipping_ = true;  // what else is kept with an element
        } else if (!skipping_) {
            part(token.text);
        }
    }

    std::vector<NftElement> elements() {
        end();
        return std::move(elements_);
    }

private:
    /// "a . b" makes two parts, "a - b" one.
    void part(const std::string& text) {
        auto& parts = element_.parts;
        if (text == ".") {
            joined_ = false;
        } else if (!parts.empty() && (text == "-" || joined_)) {
            parts.back() += text;
            joined_ = text == "-";
        } else {
            parts.push_back(text);
            joined_ = false;
        }
    }
    void end() {
        if (!element_.parts.empty()) elements_.push_back(std::move(element_));
        element_ = {};
        in_verdict_ = skipping_ = joined_ = false;
    }

    std::vector<NftElement> elements_;
    NftElement element_;
    bool in_verdict_ = false, skipping_ = false, joined_ = false;
};

}  // namespace

std::vector<NftElement> read_nft_set(const NftStatement& words, std::size_t& at,
                                     const NftTable& table) {
    ElementReader reader;
    if (words[at].text.starts_with('@')) {
        const auto known = table.sets.find(words[at++].text.substr(1));
        if (known != table.sets.end())
            for (const auto& token : known->second) reader.take(token);
        return reader.elements();
    }
    int braces = 0;
    do {
        if (words[at].is("{")) ++braces;
        if (words[at].is("}")) --braces;
        reader.take(words[at++]);
    } while (braces > 0 && at < words.size());
    return reader.elements();
}

std::vector<NftElement> read_nft_list(const NftStatement& words, std::size_t& at) {
    std::vector<NftElement> out;
    while (at < words.size()) {
        NftElement element{{words[at++].text}, {}};
        while (at + 1 < words.size() && (words[at].is(".") || words[at].is("-"))) {
            if (words[at].is("-"))
                element.parts.back() += "-" + words[at + 1].text;
            else
                element.parts.push_back(words[at + 1].text);
            at += 2;
        }
        out.push_back(std::move(element));
        if (at + 1 >= words.size() || !(words[at].is(",") || words[at].is("|"))) break;
        ++at;
    }
    return out;
}

}  // namespace guestprep
