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

/// Tokens need no escapes, so that they stand in the file as they are, in quotes or without.
std::optional<Place> placeOf(const QByteArray &content, const YAML::Node &scalar, const ProviderValue &value)
{
    if (!scalar.IsDefined() || !scalar.IsScalar() || scalar.Mark().is_null()
        || scalar.Scalar() != value.before.revealUtf8().toStdString())
        return std::nullopt;
    const qsizetype at = scalar.Mark().pos;
    const QByteArray &before = value.before.revealUtf8();
    if (content.mid(at, before.size()) == before)
        return Place{at, before.size(), quoted(value.now)};
    const char quote = content.mid(at, 1).isEmpty() ? '\0' : content.at(at);
    const bool isQuoted = (quote == '"' || quote == '\'') && content.mid(at + 1, before.size()) == before
        && content.mid(at + 1 + before.size(), 1) == QByteArray(1, quote);
    return isQuoted ? std::optional(Place{at, before.size() + 2, quoted(value.now)}) : std::nullopt;
}

std::optional<QByteArray> replaced(QByteArray content, const QString &user, const QList<ProviderValue> &values)
{
    const YAML::Node root = YAML::Load(content.toStdString());
    QList<Place> places;
    for (const YAML::Node &entry : root["users"]) {
        if (entry["name"].as<std::string>("") != user.toStdString())
            continue;
        const YAML::Node config = entry["user"]["auth-provider"]["config"];
        for (const ProviderValue &value : values) {
            const auto place = placeOf(content, config[value.key.toStdString()], value);
            if (!place)
                return std::nullopt;
            places.append(*place);
        }
        break; // the first of a name counts
    }
    if (places.size() != values.size())
        return std::nullopt;
    std::sort(places.begin(), places.end(), [](const Place &a, const Place &b) { return a.at > b.at; });
    for (const Place &place : places)
        content.replace(place.at, place.length, place.text);
    return content;
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
    std::optional<QByteArray> content;
    try {
        content = replaced(file.read(largestFile), user, values);
    } catch (const YAML::Exception &exception) {
        return fail(unwritable(path, QString::fromStdString(exception.msg)));
    }
    if (!content)
        return fail(unwritable(path, Text::tr("others stand there now"), Error::Kind::Conflict));
    QSaveFile saved(path);
    if (!saved.open(QIODevice::WriteOnly) || saved.write(*content) != content->size() || !saved.commit())
        return fail(unwritable(path, saved.errorString()));
    return {};
}
