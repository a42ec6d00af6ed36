// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/journal.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace guestprep {
namespace {

using nlohmann::json;

std::string hex(std::uint64_t value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(16, '0');
    for (auto i = text.size(); i-- > 0; value >>= 4U) text[i] = kDigits[value & 15U];
    return text;
}

/// Bytes that are no UTF-8 become such: a journal must be writable whatever a file is called.
std::string dumped(const json& value) {
    return value.dump(-1, ' ', true, json::error_handler_t::strict);
}

/// Paths and arguments are bytes; JSON wants UTF-8. Each byte becomes the character of its number.
std::string widened(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
            continue;
        }
        text += static_cast<char>(0xC0U | byte >> 6U);
        text += static_cast<char>(0x80U | (byte & 0x3FU));
    }
    return text;
}

std::string narrowed(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80 || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const auto next = static_cast<unsigned char>(text[++i]);
        bytes += static_cast<char>(static_cast<unsigned char>(byte << 6U) | (next & 0x3FU));
    }
    return bytes;
}

json to_json(const FileState& state) {
    return {{"kind", enum_names(FileState::Kind{})[static_cast<std::size_t>(state.kind)]},
            {"size", state.size},
            {"hash", hex(state.hash)},
            {"target", widened(state.target)},
            {"permissions", state.permissions},
            {"uid", state.uid},
            {"gid", state.gid}};
}

template <class E>
E enum_from(const json& value) {
    const auto names = enum_names(E{});
    const auto found = std::ranges::find(names, value.get_ref<const std::string&>());
    if (found == names.end()) throw std::invalid_argument("unknown word " + value.dump());
    return static_cast<E>(found - names.begin());
}

FileState state_from(const json& value) {
    FileState state;
    state.kind = enum_from<FileState::Kind>(value.at("kind"));
    state.size = value.at("size").get<std::uint64_t>();
    state.hash = std::stoull(value.at("hash").get<std::string>(), nullptr, 16);
    state.target = narrowed(value.at("target").get_ref<const std::string&>());
    state.permissions = value.at("permissions").get<std::uint32_t>();
    state.uid = value.at("uid").get<std::uint32_t>();
    state.gid = value.at("gid").get<std::uint32_t>();
    return state;
}

json to_json(const std::optional<RegistryValue>& value) {
    if (!value) return nullptr;
    return {{"type", static_cast<std::uint32_t>(value->type)}, {"bytes", widened(value->bytes)}};
}

std::optional<RegistryValue> value_from(const json& value) {
    if (value.is_null()) return std::nullopt;
    return RegistryValue{static_cast<RegistryType>(value.at("type").get<std::uint32_t>()),
                         narrowed(value.at("bytes").get_ref<const std::string&>())};
}

json to_json(const TouchedValue& value) {
    json keys = json::array();
    for (const auto& key : value.made_keys) keys.push_back(widened(key));
    return {{"key", widened(value.key)},
            {"name", widened(value.name)},
            {"before", to_json(value.before)},
            {"after", to_json(value.after)},
            {"made_keys", keys},
            {"secret", value.secret}};
}

TouchedValue touched_value_from(const json& record) {
    TouchedValue value;
    value.key = narrowed(record.at("key").get_ref<const std::string&>());
    value.name = narrowed(record.at("name").get_ref<const std::string&>());
    value.before = value_from(record.at("before"));
    value.after = value_from(record.at("after"));
    value.secret = record.at("secret").get<bool>();
    for (const auto& key : record.at("made_keys"))
        value.made_keys.push_back(narrowed(key.get_ref<const std::string&>()));
    return value;
}

json to_json(const Touched& file) {
    json names = json::array();
    for (const auto& name : file.other_names) names.push_back(widened(name.str()));
    return {{"path", widened(file.path.str())},
            {"before", to_json(file.before)},
            {"after", to_json(file.after)},
            {"backup", file.backup},
            {"other_names", names}};
}

Touched touched_from(const json& record) {
    Touched file{.path = GuestPath(narrowed(record.at("path").get_ref<const std::string&>())),
                 .before = state_from(record.at("before")),
                 .after = state_from(record.at("after")),
                 .backup = record.at("backup").get<std::string>(),
                 .other_names = {}};
    // Journals of older versions know none.
    if (const auto names = record.find("other_names"); names != record.end())
        for (const auto& name : *names)
            file.other_names.emplace_back(narrowed(name.get_ref<const std::string&>()));
    return file;
}

json to_json(const Step& step) {
    json touched = json::array();
    for (const auto& file : step.touched) touched.push_back(to_json(file));
    json folders = json::array();
    for (const auto& folder : step.folders) folders.push_back(widened(folder.str()));
    json values = json::array();
    for (const auto& value : step.values) values.push_back(to_json(value));
    json argv = json::array();
    for (const auto& word : step.argv) argv.push_back(widened(word));
    json inverse = json::array();
    for (const auto& word : step.inverse) inverse.push_back(widened(word));
    return {{"number", step.number},
            {"fixer", step.fixer},
            {"kind", enum_names(StepKind{})[static_cast<std::size_t>(step.kind)]},
            {"touched", touched},
            {"values", values},
            {"folders", folders},
            {"argv", argv},
            {"inverse", inverse},
            {"reversible", step.reversible}};
}

Step step_from(const json& value) {
    Step step;
    step.number = value.at("number").get<std::size_t>();
    step.fixer = value.at("fixer").get<std::string>();
    step.kind = enum_from<StepKind>(value.at("kind"));
    step.reversible = value.at("reversible").get<bool>();
    for (const auto& word : value.at("argv"))
        step.argv.push_back(narrowed(word.get_ref<const std::string&>()));
    for (const auto& folder : value.at("folders"))
        step.folders.emplace_back(narrowed(folder.get_ref<const std::string&>()));
    // Journals of older versions know none.
    if (const auto inverse = value.find("inverse"); inverse != value.end())
        for (const auto& word : *inverse)
            step.inverse.push_back(narrowed(word.get_ref<const std::string&>()));
    if (const auto values = value.find("values"); values != value.end())
        for (const auto& one : *values) step.values.push_back(touched_value_from(one));
    for (const auto& file : value.at("touched")) step.touched.push_back(touched_from(file));
    return step;
}

Step& step_of(Run& run, const json& record) {
    const auto number = record.at("number").get<std::size_t>();
    const auto found = std::ranges::find(run.steps, number, &Step::number);
    if (found == run.steps.end()) throw std::invalid_argument("a step that was not begun");
    return *found;
}

void take(Run& run, const json& record) {
    const auto& type = record.at("type").get_ref<const std::string&>();
    if (type == "about") {
        run.steps.push_back(step_from(record.at("step")));
    } else if (type == "done") {
        auto& step = step_of(run, record);
        step = step_from(record.at("step"));
        step.done = true;
    } else if (type == "undone") {
        step_of(run, record).undone = true;
    } else if (type == "end") {
        run.outcome = enum_from<Outcome>(record.at("outcome"));
    }
}

/// The record of a line; nothing where the line is not whole.
std::optional<json> record_of(std::string_view line) {
    constexpr std::size_t kSum = 16;
    if (line.size() < kSum + 2 || line[kSum] != ' ') return std::nullopt;
    const auto text = line.substr(kSum + 1);
    if (line.substr(0, kSum) != hex(fnv1a(text))) return std::nullopt;
    auto record = json::parse(text, nullptr, false);
    if (!record.is_object()) return std::nullopt;
    return record;
}

/// Whether the journal was taken up again right here, after a line that is not whole.
bool resumes(std::string_view text) {
    const auto record = record_of(text.substr(0, text.find('\n')));
    return record && record->value("type", "") == "resumed";
}

}  // namespace

GuestPath run_folder(std::string_view id) { return journal_root() / id; }

JournalWriter::JournalWriter(FileWriter& writer, std::string id)
    : writer_(writer), id_(std::move(id)) {}

Result<void> JournalWriter::record(const std::string& text) {
    return writer_.append(run_folder(id_) / "journal", hex(fnv1a(text)) + " " + text + "\n");
}

Result<void> JournalWriter::begin(std::size_t steps) {
    if (auto made = writer_.make_directory(run_folder(id_), 0700); !made) return made;
    return record(dumped({{"type", "begin"}, {"format", 1}, {"steps", steps}}));
}
Result<void> JournalWriter::resume() {
    const auto text = dumped({{"type", "resumed"}});
    return writer_.append(run_folder(id_) / "journal", "\n" + hex(fnv1a(text)) + " " + text + "\n");
}
Result<void> JournalWriter::about(const Step& step) {
    return record(dumped({{"type", "about"}, {"step", to_json(step)}}));
}
Result<void> JournalWriter::done(const Step& step) {
    return record(dumped({{"type", "done"}, {"number", step.number}, {"step", to_json(step)}}));
}
Result<void> JournalWriter::undone(std::size_t number) {
    return record(dumped({{"type", "undone"}, {"number", number}}));
}
Result<void> JournalWriter::end(Outcome outcome) {
    return record(dumped(
        {{"type", "end"}, {"outcome", enum_names(Outcome{})[static_cast<std::size_t>(outcome)]}}));
}

Run parse_journal(std::string id, std::string_view text) {
    Run run{.id = std::move(id)};
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const bool is_last = end == std::string_view::npos || end + 1 == text.size();
        const auto line = text.substr(0, end);
        text.remove_prefix(is_last ? text.size() : end + 1);
        if (line.empty()) continue;
        const auto record = record_of(line);
        // The line that was being written when the machine stopped: what it announces was not
        // begun.
        if (!record && (is_last || resumes(text))) continue;
        try {
            if (record) take(run, *record);
        } catch (const std::exception& error) {
            run.trouble = error.what();
        }
        if (!record) run.trouble = "a line that does not fit its check sum";
        if (run.trouble.empty()) continue;
        run.trouble = "journal, line " + std::to_string(number) + ": " + run.trouble;
        run.outcome = Outcome::damaged;
        break;
    }
    return run;
}

Result<Run> read_run(const FileReader& files, const std::string& id) {
    constexpr std::size_t kMost = std::size_t{16} << 20;
    const auto text = files.read(run_folder(id) / "journal", kMost);
    if (!text) return std::unexpected(text.error());
    return parse_journal(id, *text);
}

Result<std::vector<Run>> read_runs(const FileReader& files) {
    std::vector<Run> runs;
    const auto names = files.list(journal_root());
    if (!names) {
        if (names.error().code == Errc::not_found) return runs;
        return std::unexpected(names.error());
    }
    for (const auto& name : *names) {
        auto run = read_run(files, name);
        if (run)
            runs.push_back(std::move(*run));
        else if (run.error().code != Errc::not_found)
            return std::unexpected(run.error());
    }
    return runs;
}

}  // namespace guestprep
