// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fix_loop.h"

#include <algorithm>

#include "agent/apply/overlay_files.h"
#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

constexpr const char* kGone = "gone";

Facts look(const FakeHost& host, const FileReader& files) {
    return collect(
        {files, host.commands, host.devices, host.machine, host.running, host.privileged});
}

std::string text_at(const FileReader& files, const GuestPath& path) {
    if (const auto link = files.link(path)) return "-> " + *link;
    return files.read(path, kConfigLimit).value_or(kGone);
}

/// Lays the changes over `files`; what each says of before must be so.
void lay(const ChangeSet& set, OverlayFiles& files, Fixed& fixed) {
    for (const auto& change : set.changes) {
        if (const auto* edit = std::get_if<FileEdit>(&change)) {
            INFO(edit->path.str());
            CHECK(edit->before != edit->after);
            CHECK(text_at(files, edit->path) == edit->before.value_or(kGone));
            fixed.files[edit->path.str()] = edit->after.value_or(kGone);
        } else if (const auto* link = std::get_if<LinkEdit>(&change)) {
            INFO(link->path.str());
            CHECK(text_at(files, link->path) == (link->before ? "-> " + *link->before : kGone));
            fixed.files[link->path.str()] = link->after ? "-> " + *link->after : kGone;
        }
        files.lay(change);
    }
}

void undo(const ChangeSet& set, OverlayFiles& files, const FakeHost& host) {
    auto changes = set.changes;
    std::ranges::reverse(changes);
    for (auto& change : changes) {
        if (auto* edit = std::get_if<FileEdit>(&change)) {
            std::swap(edit->before, edit->after);
            files.lay(change);
            CHECK(text_at(files, edit->path) == text_at(host.files, edit->path));
        } else if (auto* link = std::get_if<LinkEdit>(&change)) {
            std::swap(link->before, link->after);
            files.lay(change);
            CHECK(text_at(files, link->path) == text_at(host.files, link->path));
        }
    }
}

}  // namespace

Fixed fix_loop_until(const FakeHost& host, const Fixer& fixer, const Check& check, Status expected,
                     const FixWishes& wishes) {
    const auto& profile = profile_2026();
    const auto before = look(host, host.files);
    CHECK(check.evaluate(before, profile).status == Status::fail);
    auto planned = fixer.plan(before, profile, wishes);
    INFO((planned ? "" : planned.error().message));
    REQUIRE(planned);
    REQUIRE_FALSE(planned->empty());

    Fixed out{.set = std::move(*planned), .files = {}};
    OverlayFiles files(host.files);
    lay(out.set, files, out);
    const auto after = look(host, files);
    const auto finding = check.evaluate(after, profile);
    INFO(finding.summary);
    CHECK(finding.status == expected);
    const auto again = fixer.plan(after, profile, wishes);
    INFO((again ? "" : again.error().message));
    REQUIRE(again);
    const auto is_edit = [](const Change& change) {
        return !std::holds_alternative<CommandStep>(change);
    };
    CHECK(std::ranges::none_of(again->changes, is_edit));
    if (expected == Status::pass) CHECK(again->empty());
    undo(out.set, files, host);
    return out;
}

Fixed fix_loop(const FakeHost& host, const Fixer& fixer, const Check& check,
               const FixWishes& wishes) {
    return fix_loop_until(host, fixer, check, Status::pass, wishes);
}

std::string refusal_of(const FakeHost& host, const Fixer& fixer, const FixWishes& wishes) {
    const auto planned = fixer.plan(look(host, host.files), profile_2026(), wishes);
    if (!planned) {
        CHECK(planned.error().code == Errc::unsupported);
        return planned.error().message;
    }
    CHECK(planned->empty());
    return join(planned->notes, "; ");
}

}  // namespace guestprep
