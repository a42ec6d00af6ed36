// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/apply/file_state.h"
#include "agent/apply/journal_root.h"
#include "agent/core/registry_value.h"
#include "agent/host/file_writer.h"

namespace guestprep {

/// A file as it was before a step, and what the step made of it.
struct Touched {
    GuestPath path;  ///< resolved: no link in it is followed any more
    FileState before, after;
    std::string backup;  ///< name of its copy in the run's folder; empty where there was no file
    std::vector<GuestPath> other_names;  ///< hard links, which change with it
};

/// A registry value as it was before a step, and what the step made of it. Of a secret one nothing
/// is kept: it cannot be put back.
struct TouchedValue {
    std::string key, name;
    std::optional<RegistryValue> before, after;
    std::vector<std::string> made_keys;  ///< that were not there, the outermost first
    bool secret = false;
};

enum class StepKind : std::uint8_t { file, mode, link, command, registry };
constexpr std::array<std::string_view, 5> enum_names(StepKind) {
    return {"file", "mode", "link", "command", "registry"};
}

/// One thing that a run does. A command touches the files that it saves, a registry step one value,
/// every other step one path.
struct Step {
    std::size_t number = 0;
    std::string fixer;
    StepKind kind = StepKind::file;
    std::vector<Touched> touched;
    std::vector<TouchedValue> values;
    std::vector<GuestPath> folders;    ///< that have to be made first, the outermost first
    std::vector<std::string> argv;     ///< of a command
    std::vector<std::string> inverse;  ///< the command that takes it back; empty for none
    bool reversible = true;
    bool done = false;
    bool undone = false;
};

enum class Outcome : std::uint8_t {
    unfinished,  ///< it died half-way
    applied,
    rolled_back,  ///< it failed, and everything is as before
    incomplete,   ///< it failed, and not everything could be put back
    undone,
    damaged  ///< its journal cannot be read to the end
};
constexpr std::array<std::string_view, 6> enum_names(Outcome) {
    return {"unfinished", "applied", "rolled-back", "incomplete", "undone", "damaged"};
}

/// A run as its journal tells it.
struct Run {
    std::string id;  ///< "20261126T164200Z-1": sorts by time
    Outcome outcome = Outcome::unfinished;
    std::vector<Step> steps;
    std::string trouble;  ///< what is wrong with the journal; empty where it is whole
};

[[nodiscard]] GuestPath run_folder(std::string_view id);

/// Writes one run's journal: a line a record, each with a check sum, on the disk before the deed.
/// The first line that does not fit its sum is where the machine died.
class JournalWriter {
public:
    JournalWriter(FileWriter& writer, std::string id);

    [[nodiscard]] const std::string& id() const { return id_; }
    /// Makes the run's folder. Error host_changed where the run is there already.
    Result<void> begin(std::size_t steps);
    /// Goes on with a journal whose last line may be torn.
    Result<void> resume();
    /// What is about to be done.
    Result<void> about(const Step& step);
    Result<void> done(const Step& step);
    Result<void> undone(std::size_t number);
    Result<void> end(Outcome outcome);

private:
    Result<void> record(const std::string& json);

    FileWriter& writer_;
    std::string id_;
};

/// All runs, the oldest first. A folder that holds no journal is left out.
[[nodiscard]] Result<std::vector<Run>> read_runs(const FileReader& files);
[[nodiscard]] Result<Run> read_run(const FileReader& files, const std::string& id);

/// The text of a journal, taken apart. Pure; never fails: see Run::trouble.
[[nodiscard]] Run parse_journal(std::string id, std::string_view text);

}  // namespace guestprep
