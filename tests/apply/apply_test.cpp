// SPDX-License-Identifier: Apache-2.0
#include "agent/apply/apply.h"

#include <sys/stat.h>

#include <cstdlib>

#include "platform/linux/rooted_files.h"
#include "platform/linux/rooted_writer.h"
#include "tests/support/catch.h"
#include "tests/support/temp_directory.h"
#include "tests/support/tree.h"

namespace guestprep {
namespace {

namespace fs = std::filesystem;

/// Answers every command by doing something to the guest's files.
class ScriptedCommands final : public CommandRunner {
public:
    Result<CommandOutput> run(const Command& command) const override {
        ran.push_back(command.argv);
        if (deed) deed();
        return CommandOutput{.exit_code = exit_code, .out = {}, .err = "no luck"};
    }
    mutable std::vector<std::vector<std::string>> ran;
    std::function<void()> deed;
    int exit_code = 0;
};

struct Guest {
    TempDirectory root;
    std::unique_ptr<RootedFiles> files;
    std::unique_ptr<RootedWriter> writer;
    ScriptedCommands commands;

    Guest() {
        root.file("etc/fstab", "/dev/sda1 / ext4\n");
        root.file("etc/rules", "NAME=eth0\n");
        fs::permissions(root.path() / "etc/fstab", fs::perms(0640));
        fs::create_directories(root.path() / "var/lib/guestprep");
        files = *RootedFiles::at(root.path().string());
        writer = *RootedWriter::at(root.path().string());
    }
    Workshop shop() { return {*files, *writer, &commands}; }
    [[nodiscard]] std::string text(const char* path) const {
        return files->read(GuestPath(path), kConfigLimit).value_or("(not there)");
    }
    [[nodiscard]] std::string tree() const { return tree_of(root.path(), "var/lib/guestprep"); }
};

PlannedChange edit(const char* path, std::optional<std::string> before,
                   std::optional<std::string> after) {
    return {"fixer-a", FileEdit{.path = GuestPath(path), .before = before, .after = after}};
}

std::vector<PlannedChange> some_changes() {
    return {edit("/etc/fstab", "/dev/sda1 / ext4\n", "UUID=1 / ext4\n"),
            edit("/etc/rules", "NAME=eth0\n", std::nullopt),
            edit("/etc/new.d/x.conf", std::nullopt, "new\n"),
            {"fixer-b", LinkEdit{GuestPath("/etc/wants/ssh.service"), std::nullopt, "/lib/ssh"}},
            {"fixer-b", ModeEdit{GuestPath("/etc/fstab"),
                                 {0640, ::getuid(), ::getgid()},
                                 {0600, ::getuid(), ::getgid()}}}};
}

bool all(const std::string&) { return true; }

TEST_CASE("apply: makes every change, and undo brings the same tree back") {
    Guest guest;
    const auto before = guest.tree();
    auto shop = guest.shop();
    const auto done = apply(some_changes(), shop, "run-1");
    REQUIRE(done);
    CHECK(done->outcome == Outcome::applied);
    CHECK(guest.text("/etc/fstab") == "UUID=1 / ext4\n");
    CHECK(guest.text("/etc/rules") == "(not there)");
    CHECK(guest.text("/etc/new.d/x.conf") == "new\n");
    CHECK(guest.files->link(GuestPath("/etc/wants/ssh.service")) == "/lib/ssh");
    CHECK(guest.files->info(GuestPath("/etc/fstab"))->permissions == 0600);

    const auto run = read_run(*guest.files, "run-1");
    REQUIRE(run);
    CHECK(run->outcome == Outcome::applied);
    CHECK(run->steps.size() == 5);
    const auto undone = undo(*run, shop, all);
    REQUIRE(undone);
    CHECK(undone->outcome == Outcome::undone);
    CHECK(guest.tree() == before);
    CHECK(read_run(*guest.files, "run-1")->outcome == Outcome::undone);
    // And once more: nothing is left.
    CHECK(undo(*read_run(*guest.files, "run-1"), shop, all)->outcome == Outcome::undone);
    CHECK(guest.tree() == before);
}

TEST_CASE("apply: undo of one fixer leaves what others did") {
    Guest guest;
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "run-1"));
    const auto undone = undo(*read_run(*guest.files, "run-1"), shop,
                             [](const std::string& fixer) { return fixer == "fixer-b"; });
    REQUIRE(undone);
    CHECK(guest.text("/etc/fstab") == "UUID=1 / ext4\n");
    CHECK(guest.files->info(GuestPath("/etc/fstab"))->permissions == 0640);
    CHECK_FALSE(guest.files->link_info(GuestPath("/etc/wants/ssh.service")));
    CHECK(read_run(*guest.files, "run-1")->outcome == Outcome::applied);
}

TEST_CASE("apply: two edits of one file are undone one after the other") {
    Guest guest;
    const auto before = guest.tree();
    auto shop = guest.shop();
    REQUIRE(
        apply({edit("/etc/fstab", "/dev/sda1 / ext4\n", "a\n"), edit("/etc/fstab", "a\n", "b\n")},
              shop, "run-1"));
    CHECK(guest.text("/etc/fstab") == "b\n");
    REQUIRE(undo(*read_run(*guest.files, "run-1"), shop, all));
    CHECK(guest.tree() == before);
}

TEST_CASE("apply: what is not what was read stops everything before anything is touched") {
    Guest guest;
    const auto before = guest.tree();
    auto shop = guest.shop();
    auto changes = some_changes();
    changes.push_back(edit("/etc/fstab", "something else\n", "x\n"));
    const auto done = apply(changes, shop, "run-1");
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Errc::host_changed);
    CHECK(guest.tree() == before);
    CHECK_FALSE(read_run(*guest.files, "run-1"));
    CHECK(apply({edit("/etc/fstab", std::nullopt, "x")}, shop, "run-1").error().code ==
          Errc::host_changed);
}

TEST_CASE("apply: a command that fails takes everything back, its own files too") {
    Guest guest;
    const auto before = guest.tree();
    auto shop = guest.shop();
    auto changes = some_changes();
    changes.push_back({"fixer-c", CommandStep{.argv = {"update-initramfs", "-u"},
                                              .saves = {GuestPath("/etc/image")}}});
    guest.commands.deed = [&] { guest.root.file("etc/image", "half"); };
    guest.commands.exit_code = 1;
    const auto done = apply(changes, shop, "run-1");
    REQUIRE(done);
    CHECK(done->outcome == Outcome::rolled_back);
    CHECK(done->trouble.find("update-initramfs: ended with 1: no luck") != std::string::npos);
    CHECK(guest.tree() == before);
    CHECK(read_run(*guest.files, "run-1")->outcome == Outcome::rolled_back);
}

TEST_CASE("apply: a command that leaves a stump has failed, whatever it says") {
    Guest guest;
    guest.root.file("etc/image", "the old image, long enough");
    const auto before = guest.tree();
    auto shop = guest.shop();
    guest.commands.deed = [&] { guest.root.file("etc/image", "x"); };
    const auto done = apply(
        {{"c", CommandStep{.argv = {"mk"}, .saves = {GuestPath("/etc/image")}, .least_bytes = 10}}},
        shop, "run-1");
    REQUIRE(done);
    CHECK(done->outcome == Outcome::rolled_back);
    CHECK(guest.text("/etc/image") == "the old image, long enough");
    CHECK(guest.tree() == before);
}

TEST_CASE("apply: undo puts back what a command has made") {
    Guest guest;
    guest.root.file("etc/image", "old image");
    const auto before = guest.tree();
    auto shop = guest.shop();
    guest.commands.deed = [&] { guest.root.file("etc/image", "a new image"); };
    REQUIRE(
        apply({{"c", CommandStep{.argv = {"mk"}, .saves = {GuestPath("/etc/image")}}}}, shop, "r"));
    CHECK(guest.text("/etc/image") == "a new image");
    REQUIRE(undo(*read_run(*guest.files, "r"), shop, all));
    CHECK(guest.tree() == before);
}

TEST_CASE("undo: a file that was changed since is named, and nothing is touched") {
    Guest guest;
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "run-1"));
    guest.root.file("etc/fstab", "somebody's work\n");
    const auto before = guest.tree();
    const auto undone = undo(*read_run(*guest.files, "run-1"), shop, all);
    REQUIRE_FALSE(undone);
    CHECK(undone.error().code == Errc::host_changed);
    CHECK(undone.error().message.find("/etc/fstab") != std::string::npos);
    CHECK(guest.tree() == before);
}

TEST_CASE("apply: links are followed to the file, and stay links") {
    Guest guest;
    fs::rename(guest.root.path() / "etc/fstab", guest.root.path() / "etc/fstab.real");
    fs::create_symlink("/etc/fstab.real", guest.root.path() / "etc/fstab");
    const auto before = guest.tree();
    auto shop = guest.shop();
    REQUIRE(apply({edit("/etc/fstab", "/dev/sda1 / ext4\n", "x\n")}, shop, "r"));
    CHECK(guest.text("/etc/fstab.real") == "x\n");
    CHECK(guest.files->link(GuestPath("/etc/fstab")) == "/etc/fstab.real");
    REQUIRE(undo(*read_run(*guest.files, "r"), shop, all));
    CHECK(guest.tree() == before);
}

/// As system-config-network of RHEL 5 and 6 leaves an interface: one file under three names.
void give_more_names(const Guest& guest) {
    fs::create_directories(guest.root.path() / "etc/profiles/default");
    for (const auto* name : {"etc/other", "etc/profiles/default/fstab"})
        fs::create_hard_link(guest.root.path() / "etc/fstab", guest.root.path() / name);
}

std::uintmax_t names_of_fstab(const Guest& guest) {
    return fs::hard_link_count(guest.root.path() / "etc/fstab");
}

TEST_CASE("apply: all names of a file change together, and stay one file") {
    Guest guest;
    give_more_names(guest);
    const auto before = guest.tree();
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "r")->outcome == Outcome::applied);
    CHECK(guest.text("/etc/profiles/default/fstab") == "UUID=1 / ext4\n");
    CHECK(guest.text("/etc/other") == "UUID=1 / ext4\n");
    CHECK(names_of_fstab(guest) == 3);
    REQUIRE(undo(*read_run(*guest.files, "r"), shop, all)->outcome == Outcome::undone);
    CHECK(guest.tree() == before);
    CHECK(names_of_fstab(guest) == 3);
}

TEST_CASE("recover: a run that died between two names of a file") {
    Guest guest;
    give_more_names(guest);
    const auto before = guest.tree();
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "r"));
    auto journal = guest.text("/var/lib/guestprep/r/journal");
    journal.erase(journal.find('\n', journal.find("about")) + 1);
    guest.root.file("var/lib/guestprep/r/journal", journal);
    // The path is new already, one of its names is not.
    fs::remove(guest.root.path() / "etc/other");
    guest.root.file("etc/other", "/dev/sda1 / ext4\n");
    REQUIRE(recover(shop));
    CHECK(guest.text("/etc/fstab") == "/dev/sda1 / ext4\n");
    CHECK(guest.text("/etc/profiles/default/fstab") == "/dev/sda1 / ext4\n");
    CHECK(names_of_fstab(guest) == 3);
}

TEST_CASE("apply: a file with a name that is not found is left alone; a change would part them") {
    Guest guest;
    guest.root.file("srv/x", "");
    fs::create_hard_link(guest.root.path() / "etc/fstab", guest.root.path() / "srv/fstab");
    const auto before = guest.tree();
    auto shop = guest.shop();
    const auto done = apply({edit("/etc/fstab", "/dev/sda1 / ext4\n", "x\n")}, shop, "r");
    REQUIRE_FALSE(done);
    CHECK(done.error().message.find("has 2 names (hard links), 1 of them below /etc") !=
          std::string::npos);
    CHECK(guest.tree() == before);
}

TEST_CASE("undo: a mode that somebody has changed since is not overwritten") {
    Guest guest;
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "r"));
    fs::permissions(guest.root.path() / "etc/fstab", fs::perms(0604));
    const auto undone = undo(*read_run(*guest.files, "r"), shop, all);
    REQUIRE_FALSE(undone);
    CHECK(undone.error().code == Errc::host_changed);
}

TEST_CASE("apply: the mode of a folder, and back") {
    Guest guest;
    fs::permissions(guest.root.path() / "etc", fs::perms(0775));
    const auto before = guest.tree();
    auto shop = guest.shop();
    REQUIRE(apply({{"f", ModeEdit{GuestPath("/etc"),
                                  {0775, ::getuid(), ::getgid()},
                                  {0755, ::getuid(), ::getgid()}}}},
                  shop, "r"));
    CHECK(guest.files->info(GuestPath("/etc"))->permissions == 0755);
    REQUIRE(undo(*read_run(*guest.files, "r"), shop, all));
    CHECK(guest.tree() == before);
}

/// The journal of a whole run, cut after every byte: as if the machine had died there, with the
/// files as the run left them, or as they were.
TEST_CASE("recover: wherever a run died, the next start takes it back") {
    Guest model;
    auto model_shop = model.shop();
    REQUIRE(apply(some_changes(), model_shop, "run-1"));
    const auto journal = model.text("/var/lib/guestprep/run-1/journal");
    const auto end = journal.rfind("\n", journal.size() - 2);
    for (std::size_t cut = 0; cut < end; cut += 97) {
        INFO(cut);
        Guest guest;
        const auto before = guest.tree();
        auto shop = guest.shop();
        REQUIRE(apply(some_changes(), shop, "run-1"));
        guest.root.file("var/lib/guestprep/run-1/journal", journal.substr(0, cut));
        const auto parsed = read_run(*guest.files, "run-1");
        REQUIRE(parsed);
        // Steps that the cut journal does not know of were not begun when it ended there.
        for (std::size_t i = 5; i > parsed->steps.size(); --i) {
            auto whole = parse_journal("run-1", journal);
            whole.steps.erase(whole.steps.begin(), whole.steps.begin() + static_cast<long>(i) - 1);
            whole.steps.resize(1);
            REQUIRE(undo(whole, shop, all));
        }
        guest.root.file("var/lib/guestprep/run-1/journal", journal.substr(0, cut));
        const auto said = recover(shop);
        REQUIRE(said);
        CHECK(said->size() == 1);
        CHECK(guest.tree() == before);
        CHECK(recover(shop)->empty());
    }
}

TEST_CASE("recover: a damaged journal is said and left for a person") {
    Guest guest;
    auto shop = guest.shop();
    REQUIRE(apply(some_changes(), shop, "run-1"));
    auto journal = guest.text("/var/lib/guestprep/run-1/journal");
    journal[journal.size() / 2] = '#';
    guest.root.file("var/lib/guestprep/run-1/journal", journal);
    const auto before = guest.tree();
    const auto said = recover(shop);
    REQUIRE(said);
    REQUIRE(said->size() == 1);
    CHECK(said->front().find("check sum") != std::string::npos);
    CHECK(guest.tree() == before);
    CHECK_FALSE(undo(*read_run(*guest.files, "run-1"), shop, all));
}

TEST_CASE("lock: a second run is told that one is at work") {
    Guest guest;
    const auto held = lock_runs(*guest.writer);
    REQUIRE(held);
    const auto other = RootedWriter::at(guest.root.path().string());
    const auto second = lock_runs(**other);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::host_changed);
}

TEST_CASE("journal: paths of any bytes come back as they were") {
    Guest guest;
    const std::string odd = "/etc/\xff\xc3\xa9 \"x";
    guest.root.file(odd.substr(1), "a");
    auto shop = guest.shop();
    REQUIRE(apply({edit(odd.c_str(), "a", "b")}, shop, "r"));
    CHECK(guest.text(odd.c_str()) == "b");
    REQUIRE(undo(*read_run(*guest.files, "r"), shop, all));
    CHECK(guest.text(odd.c_str()) == "a");
}

}  // namespace
}  // namespace guestprep
