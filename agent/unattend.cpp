// SPDX-License-Identifier: Apache-2.0
#include "agent/unattend.h"

#include <chrono>
#include <ostream>

#include "agent/apply/apply.h"
#include "agent/collect/collect.h"
#include "agent/collect/windows_paths.h"
#include "agent/command_parts.h"
#include "agent/core/text.h"
#include "agent/facts/windows_release.h"
#include "agent/formats/answer_file.h"
#include "agent/open_host.h"

namespace guestprep {
namespace {

constexpr std::string_view kFile = "unattend.xml";

/// The folder's name as it is on the disk; Windows makes it.
Result<GuestPath> panther(const FileReader& files) {
    auto folder = find_windows_path(files, R"(Windows\Panther)");
    if (!folder) return std::unexpected(std::move(folder.error()).within("unattend"));
    return folder;
}

int report_problems(const AnswerFileFacts& file, std::ostream& out) {
    for (const auto& problem : file.problems)
        out << (problem.line == 0 ? file.path : at_line(file.path, problem.line)) << ": "
            << problem.text << "\n";
    out << file.path
        << (file.problems.empty() ? ": fits this system\n"
                                  : ": left as it is; --force writes a new one\n");
    return file.problems.empty() ? kReady : kNotReady;
}

Result<FileEdit> edit_for(const FileReader& files, const Facts& facts, std::string_view locale) {
    const auto release = release_of(facts.of_windows().system);
    if (!release) return std::unexpected(Error(release.error()).within("unattend"));
    if (!release->at_least(6, 0))
        return failure(Errc::unsupported, "unattend: Server 2003 uses sysprep.inf");
    if (release->architecture != "amd64" && release->architecture != "x86")
        return failure(Errc::unsupported,
                       "unattend: the architecture is not known, or is none "
                       "that AWS imports: \"" +
                           release->architecture + "\"");
    const auto folder = panther(files);
    if (!folder) return std::unexpected(folder.error());
    const auto there = find_name(files, *folder, kFile);
    FileEdit edit{.path = there ? *there : *folder / kFile,
                  .before = {},
                  .after = new_answer_file(release->architecture, locale)};
    if (there) {
        auto text = files.read(*there);
        if (!text) return std::unexpected(std::move(text.error()).within("unattend"));
        edit.before = std::move(*text);
    }
    return edit;
}

/// A disk that was taken out of its machine has no journal: what is there stays.
Result<int> create_below(const std::string& root, const FileEdit& edit, FileWriter& writer,
                         const Surroundings& around) {
    if (edit.before)
        return failure(Errc::unsupported,
                       "unattend: --force goes without --root only, where it can be taken back");
    if (auto made = writer.create(edit.path, *edit.after, {}); !made)
        return std::unexpected(std::move(made.error()).within("unattend"));
    around.out << root << edit.path.str() << ": written\n";
    return kReady;
}

Result<int> write(const Options& options, FileEdit edit, const Surroundings& around) {
    auto opened = open_workshop(options.root);
    if (!opened) return std::unexpected(opened.error());
    if (!options.root.empty()) return create_below(options.root, edit, *opened->writer, around);
    const auto lock = lock_runs(*opened->writer);
    if (!lock) return std::unexpected(Error(lock.error()).within("unattend"));
    Workshop shop{*opened->files, *opened->writer};
    const auto path = edit.path.str();
    if (edit.before == edit.after) {
        around.out << path << ": is so already\n";
        return kReady;
    }
    const auto done = apply({{"win-sysprep-answerfile", std::move(edit)}}, shop, new_run_id());
    if (!done) return std::unexpected(Error(done.error()).within("unattend"));
    if (done->outcome != Outcome::applied) {
        around.err << "guestprep: " << shown(done->trouble, 400) << "\n";
        return done->outcome == Outcome::rolled_back ? kRolledBack : kIncomplete;
    }
    around.out << path
               << ": written; 'guestprep undo' takes it back. Run sysprep /oobe "
                  "/generalize, shut down, export.\n";
    return kReady;
}

}  // namespace

Result<int> run_unattend(const Options& options, const Surroundings& around) {
    const auto host = open_host(options.root, std::chrono::steady_clock::now() +
                                                  std::chrono::seconds(options.timeout_seconds));
    if (!host) return std::unexpected(host.error());
    const auto opened = (*host)->host();
    const auto facts = collect(opened);
    if (facts.platform != Platform::windows_guest)
        return failure(Errc::unsupported, "unattend: this is no Windows guest");
    const auto& known = facts.of_windows().software.answer_file;
    if (known && !options.force) return report_problems(*known, around.out);
    if (!known && !known.is_absent() && !options.force)
        return std::unexpected(Error(known.error()).within("unattend"));
    auto edit = edit_for(opened.files, facts, options.locale);
    if (!edit) return std::unexpected(edit.error());
    return write(options, std::move(*edit), around);
}

}  // namespace guestprep
