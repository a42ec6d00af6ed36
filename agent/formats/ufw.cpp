// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ufw.h"

#include "agent/core/text.h"
#include "agent/formats/iptables_state.h"

namespace guestprep {
namespace {

/// What ufw-init hangs into INPUT, in its order; the same for the other two directions.
constexpr std::string_view kHooked[] = {"before-logging", "before", "after",
                                        "after-logging",  "reject", "track"};
constexpr std::string_view kOthers[] = {"user", "user-logging", "skip-to-policy"};
constexpr std::string_view kDirections[] = {"input", "output", "forward"};
constexpr std::string_view kSingle[] = {"logging-deny", "logging-allow", "not-local", "user-limit",
                                        "user-limit-accept"};

class Loader {
public:
    explicit Loader(const UfwConfiguration& configuration) : configuration_(configuration) {}

    PacketFilter load() {
        chains();
        policy();
        for (const auto* file :
             {&configuration_.before, &configuration_.after, &configuration_.user})
            state_.restore(file->path, file->text, false);
        run("-A ufw-before-input -j ufw-user-input");
        return state_.filter();
    }

private:
    void run(const std::string& command) {
        std::vector<std::string> words;
        for (const auto word : words_of(command)) words.emplace_back(word);
        state_.run(words, configuration_.policy_place);
    }

    void chains() {
        for (const auto direction : kDirections) {
            for (const auto kind : kHooked) make(kind, direction);
            for (const auto kind : kOthers) make(kind, direction);
        }
        for (const auto name : kSingle) run("-N ufw-" + std::string(name));
        for (const auto kind : kHooked) run("-A INPUT -j ufw-" + std::string(kind) + "-input");
    }
    void make(std::string_view kind, std::string_view direction) {
        run("-N ufw-" + std::string(kind) + "-" + std::string(direction));
    }

    void policy() {
        const auto& policy = configuration_.input_policy;
        const bool rejects = policy == "REJECT";
        const bool accepts = policy == "ACCEPT";
        run(accepts ? "-P INPUT ACCEPT" : "-P INPUT DROP");
        if (rejects) run("-A ufw-reject-input -j REJECT");
        run("-A ufw-skip-to-policy-input -j " + std::string(accepts || rejects ? policy : "DROP"));
    }

    const UfwConfiguration& configuration_;
    IptablesState state_;
};

}  // namespace

std::vector<UfwTuple> ufw_tuples(std::string_view user_rules) {
    constexpr std::string_view kMark = "### tuple ###";
    std::vector<UfwTuple> out;
    std::size_t number = 0;
    for (const auto line : lines_of(user_rules)) {
        ++number;
        if (!line.starts_with(kMark)) continue;
        auto words = words_of(line.substr(kMark.size()));
        // action protocol port destination source-port source [applications] direction [comment]
        if (!words.empty() && words.back().starts_with("comment=")) words.pop_back();
        if (words.size() < 6) continue;
        const auto action = words[0].substr(0, words[0].find('_'));  // "allow_log"
        const auto direction = words.size() > 6 ? words.back() : std::string_view("in");
        out.push_back({std::string(action), std::string(words[1]), std::string(words[2]),
                       std::string(words[5]), std::string(direction), number});
    }
    return out;
}

PacketFilter ufw_filter(const UfwConfiguration& configuration) {
    return Loader(configuration).load();
}

}  // namespace guestprep
