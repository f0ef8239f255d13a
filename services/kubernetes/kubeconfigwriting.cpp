// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigwriting.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr qint64 largestFile = 8 * 1024 * 1024;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

/// As client-go locks it: whoever makes the file has it.
class FileLock final {
public:
    explicit FileLock(const QString &path)
        : m_path(QFile::encodeName(path + QStringLiteral(".lock")))
        , m_file(::open(m_path.constData(), O_CREAT | O_EXCL | O_CLOEXEC, 0600))
        , m_error(m_file < 0 ? errno : 0)
    {
    }
    ~FileLock()
    {
        if (m_file < 0)
            return;
        ::close(m_file);
        ::unlink(m_path.constData());
    }
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;
    /// 0: it is held.
    int error() const { return m_error; }

private:
    QByteArray m_path;
    int m_file;
    int m_error;
};

/// Where bytes are to be replaced.
struct Place {
    qsizetype at = 0;
    qsizetype length = 0;
    QByteArray text;
};

Error unwritable(const QString &path, const QString &reason, Error::Kind kind = Error::Kind::Local)
{
    return {kind,
        Text::tr("The new tokens could not be written to %1: %2.").arg(QDir::toNativeSeparators(path), reason), {}, {},
        {}};
}

/// Longer than anybody needs who writes the file.
constexpr std::chrono::seconds oldLock{60};

QString ageText(std::chrono::seconds age)
{
    if (age < std::chrono::minutes(2))
        return Text::tr("%1 seconds").arg(age.count());
    if (age < std::chrono::hours(2))
        return Text::tr("%1 minutes").arg(age.count() / 60);
    if (age < std::chrono::hours(48))
        return Text::tr("%1 hours").arg(age.count() / 3600);
    return Text::tr("%1 days").arg(age.count() / 86400);
}

/// The lock says nothing of the process that made it: its age and its owner are all that is to be known.
QString whoseLock(const QString &path)
{
    const QFileInfo lock(path + QStringLiteral(".lock"));
    const QString name = QDir::toNativeSeparators(lock.filePath());
    const QDateTime made = lock.lastModified();
    if (!made.isValid()) // gone meanwhile
        return Text::tr("another program is writing it");
    const std::chrono::seconds age(std::max<qint64>(0, made.secsTo(QDateTime::currentDateTimeUtc())));
    const QString owner = lock.owner().isEmpty() ? QString::number(lock.ownerId()) : lock.owner();
    if (age < oldLock)
        return Text::tr("another program of %1 is writing it (%2 is %3 old)").arg(owner, name, ageText(age));
    return Text::tr("%1, which %2 made %3 ago, keeps everybody from writing, kubectl too. Such a file is there for a "
                    "moment only; this one was most likely left behind by a program that was killed. Make sure that no "
                    "kubectl runs, then delete it")
        .arg(name, owner, ageText(age));
}

QByteArray quoted(const SecretString &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value.reveal()}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

bool stands(const QByteArray &content, qsizetype at, const QByteArray &text)
{
    return QByteArrayView(content).sliced(std::min(at, content.size())).startsWith(text);
}

/// Tokens need no escapes, so that they stand in the file as they are, in quotes or without.
std::optional<Place> placeOf(const QByteArray &content, const YAML::Node &scalar, const ProviderValue &value)
{
    const qsizetype at = scalar.Mark().pos;
    const QByteArray &before = value.before.revealUtf8();
    for (const char quote : {'"', '\''}) {
        if (stands(content, at, quote + before + quote))
            return Place{at, before.size() + 2, quoted(value.now)};
    }
    if (before.isEmpty() || !stands(content, at, before))
        return std::nullopt;
    return Place{at, before.size(), quoted(value.now)};
}

/// In the place of a null, which may be written or left out.
Place placeBehind(const QByteArray &content, const YAML::Node &key, const ProviderValue &value)
{
    const qsizetype begin = content.indexOf(':', key.Mark().pos) + 1;
    qsizetype end = begin;
    while (stands(content, end, " "))
        ++end;
    for (const char *null : {"~", "null", "Null", "NULL"}) {
        if (stands(content, end, null))
            return {begin, end + qsizetype(qstrlen(null)) - begin, ' ' + quoted(value.now)};
    }
    return {begin, 0, ' ' + quoted(value.now)};
}

/// Before the first of `config`.
std::optional<Place> placeIn(const QByteArray &content, const YAML::Node &config, const ProviderValue &value)
{
    const qsizetype at = config.Mark().pos;
    const QByteArray member = '"' + value.key.toUtf8() + "\": " + quoted(value.now);
    if (stands(content, at, "{"))
        return Place{at + 1, 0, config.size() > 0 ? member + ", " : member};
    const qsizetype line = content.lastIndexOf('\n', at) + 1;
    const QByteArray indent = content.sliced(line, at - line);
    return indent.trimmed().isEmpty() ? std::optional(Place{at, 0, member + '\n' + indent}) : std::nullopt;
}

std::optional<Place> placeFor(const QByteArray &content, const YAML::Node &config, const ProviderValue &value)
{
    for (const auto &member : config) {
        if (member.first.IsScalar() && member.first.Scalar() == value.key.toStdString())
            return member.second.IsScalar() ? placeOf(content, member.second, value)
                                            : placeBehind(content, member.first, value);
    }
    return placeIn(content, config, value);
}

/// Nothing where one of them stands there in another form than those above.
std::optional<QByteArray> replaced(QByteArray content, const YAML::Node &config, const QList<ProviderValue> &values)
{
    QList<Place> places;
    for (const ProviderValue &value : values) {
        const auto place = placeFor(content, config, value);
        if (!place)
            return std::nullopt;
        places.append(*place);
    }
    std::sort(places.begin(), places.end(), [](const Place &a, const Place &b) { return a.at > b.at; });
    for (const Place &place : places)
        content.replace(place.at, place.length, place.text);
    return content;
}

YAML::Node memberOf(const YAML::Node &node, const char *key)
{
    return node.IsDefined() && node.IsMap() ? node[key] : YAML::Node();
}

/// Of the first user of that name, which is the one that counts.
YAML::Node configOf(const YAML::Node &root, const QString &user)
{
    for (const YAML::Node &entry : memberOf(root, "users")) {
        const YAML::Node name = memberOf(entry, "name");
        if (name.IsDefined() && name.IsScalar() && name.Scalar() == user.toStdString())
            return memberOf(memberOf(memberOf(entry, "user"), "auth-provider"), "config");
    }
    return {};
}

/// Whether `config` says so of all of them. What is not there is empty.
bool holds(const YAML::Node &config, const QList<ProviderValue> &values, SecretString ProviderValue::*when)
{
    return config.IsDefined() && config.IsMap()
        && std::all_of(values.begin(), values.end(), [&config, when](const ProviderValue &value) {
               const YAML::Node held = memberOf(config, value.key.toUtf8().constData());
               const bool isThere = held.IsDefined() && !held.IsNull();
               return isThere ? held.IsScalar() && held.Scalar() == (value.*when).revealUtf8().toStdString()
                              : (value.*when).isEmpty();
           });
}

Result<QByteArray> withValues(
    const QString &path, const QByteArray &content, const QString &user, const QList<ProviderValue> &values)
{
    const YAML::Node config = configOf(YAML::Load(content.toStdString()), user);
    if (!holds(config, values, &ProviderValue::before))
        return fail(unwritable(path, Text::tr("others stand there now"), Error::Kind::Conflict));
    const auto changed = replaced(content, config, values);
    // read back before it is written: a file that is broken leads to no cluster at all
    if (!changed || !holds(configOf(YAML::Load(changed->toStdString()), user), values, &ProviderValue::now))
        return fail(unwritable(path,
            Text::tr(
                "those they are to replace stand there in a form that Pennant does not change. Put them in quotes, "
                "each on one line")));
    return *changed;
}

} // namespace

Result<void> replaceProviderValues(const QString &path, const QString &user, const QList<ProviderValue> &values)
{
    const FileLock lock(path);
    if (lock.error() == EEXIST)
        return fail(unwritable(path, whoseLock(path)));
    if (lock.error() != 0)
        return fail(unwritable(path,
            Text::tr("%1.lock, which goes with writing it, can't be made (%2). Make the file and its folder writable")
                .arg(QDir::toNativeSeparators(path), qt_error_string(lock.error()))));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(unwritable(path, file.errorString()));
    Result<QByteArray> content;
    try {
        content = withValues(path, file.read(largestFile), user, values);
    } catch (const YAML::Exception &exception) {
        content = fail(unwritable(path, QString::fromStdString(exception.msg)));
    }
    if (!content)
        return fail(content.error());
    QSaveFile saved(path);
    if (!saved.open(QIODevice::WriteOnly) || saved.write(*content) != content->size() || !saved.commit())
        return fail(unwritable(path, saved.errorString()));
    return {};
}
