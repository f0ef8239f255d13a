// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfigwriting.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

/// Tokens that a provider handed out, into a kubeconfig that a person cares for.
class KubeconfigWritingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void replacesNothingElse_data();
    void replacesNothingElse();
    void addsWhatIsNotThere_data();
    void addsWhatIsNotThere();
    void leavesAloneWhatSomebodyElseChanged_data();
    void leavesAloneWhatSomebodyElseChanged();
    void breaksNoFormItDoesNotKnow_data();
    void breaksNoFormItDoesNotKnow();
    void keepsToTheLock();
    void saysWhoseTheLockIs_data();
    void saysWhoseTheLockIs();
    void saysThatItCannotLock();
    void keepsWhoMayRead();
    void followsALink();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("config")); }
    void write(const QByteArray &content) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    }
    QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    Result<void> replace(const QByteArray &idToken = "a.b.c") const
    {
        const auto value = [](const char *key, const QByteArray &before, const QByteArray &now) {
            return ProviderValue{QLatin1String(key), SecretString(before), SecretString(now)};
        };
        return replaceProviderValues(path(), QStringLiteral("ana"),
            {value("id-token", idToken, "d.e.f-longer"), value("refresh-token", "r1", "r2")});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void KubeconfigWritingTest::replacesNothingElse_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("with comments") << QByteArray(
        "# mine\nusers:\n- name: bob\n  user:\n    auth-provider:\n      config: "
        "{id-token: a.b.c, refresh-token: r1}\n- name:   ana # me\n  user:\n    "
        "auth-provider:\n      config:\n        refresh-token: r1   # "
        "once\n        id-token: a.b.c\n      name: oidc\nö: ü\n")
                                   << QByteArray(
                                          "# mine\nusers:\n- name: bob\n  user:\n    auth-provider:\n      config: "
                                          "{id-token: a.b.c, refresh-token: r1}\n- name:   ana # me\n  user:\n    "
                                          "auth-provider:\n      config:\n        refresh-token: \"r2\"   # "
                                          "once\n        id-token: \"d.e.f-longer\"\n      name: oidc\nö: ü\n");
    QTest::newRow("behind letters of several bytes")
        << QByteArray("ö: 'äöü'\nusers: [{name: ana, user: {auth-provider: {config: {id-token: 'a.b.c', "
                      "refresh-token: \"r1\"}}}}]")
        << QByteArray("ö: 'äöü'\nusers: [{name: ana, user: {auth-provider: {config: {id-token: \"d.e.f-longer\", "
                      "refresh-token: \"r2\"}}}}]");
    QTest::newRow("JSON") << QByteArray(R"({"users":[{"name":"ana","user":{"auth-provider":{"config":)"
                                        R"({"id-token":"a.b.c","refresh-token":"r1"}}}}]})")
                          << QByteArray(R"({"users":[{"name":"ana","user":{"auth-provider":{"config":)"
                                        R"({"id-token":"d.e.f-longer","refresh-token":"r2"}}}}]})");
}

void KubeconfigWritingTest::replacesNothingElse()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    write(before);
    const auto done = replace();
    QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
    QCOMPARE(content(), after);
    QVERIFY(!QFile::exists(path() + QStringLiteral(".lock")));
}

void KubeconfigWritingTest::addsWhatIsNotThere_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto add = [](const char *row, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(row) << before << after;
    };
    add("nothing in quotes", "{id-token: \"\", refresh-token: r1}",
        "{id-token: \"d.e.f-longer\", refresh-token: \"r2\"}");
    add("nothing in single quotes", "{refresh-token: r1, id-token: ''}",
        "{refresh-token: \"r2\", id-token: \"d.e.f-longer\"}");
    add("no key", "{refresh-token: r1}", "{\"id-token\": \"d.e.f-longer\", refresh-token: \"r2\"}");
    add("no key, on lines", "\n          # mine\n          refresh-token: r1 # once\n",
        "\n          # mine\n          \"id-token\": \"d.e.f-longer\"\n          refresh-token: \"r2\" # once\n");
    add("no value", "\n          id-token:\n          refresh-token: r1\n",
        "\n          id-token: \"d.e.f-longer\"\n          refresh-token: \"r2\"\n");
    add("null", "\n          refresh-token: r1\n          id-token: null # none\n",
        "\n          refresh-token: \"r2\"\n          id-token: \"d.e.f-longer\" # none\n");
    add("null in JSON", R"({"id-token":null,"refresh-token":"r1"})",
        R"({"id-token": "d.e.f-longer","refresh-token":"r2"})");
    add("a tilde", "{id-token: ~, refresh-token: r1}", "{id-token: \"d.e.f-longer\", refresh-token: \"r2\"}");
}

void KubeconfigWritingTest::addsWhatIsNotThere()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const QByteArray head = "users:\n- name: ana\n  user:\n    auth-provider:\n      config: ";
    write(head + before);
    const auto done = replace({});
    QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
    QCOMPARE(content(), head + after);
}

void KubeconfigWritingTest::leavesAloneWhatSomebodyElseChanged_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("another token") << QByteArray("{id-token: x.y.z, refresh-token: r1}");
    QTest::newRow("another refresh token") << QByteArray("{id-token: a.b.c, refresh-token: r1x}");
    QTest::newRow("none") << QByteArray("{id-token: a.b.c}");
    QTest::newRow("a list") << QByteArray("[a.b.c, r1]");
    QTest::newRow("broken") << QByteArray("{id-token: a.b.c, ");
}

void KubeconfigWritingTest::leavesAloneWhatSomebodyElseChanged()
{
    QFETCH(QByteArray, config);
    const QByteArray before = "users: [{name: ana, user: {auth-provider: {config: " + config + "}}}]";
    write(before);
    const auto done = replace();
    QVERIFY(!done);
    QCOMPARE(done.error().kind == Error::Kind::Conflict, !config.endsWith(", "));
    QCOMPARE(content(), before);
    QVERIFY(!QFile::exists(path() + QStringLiteral(".lock")));
}

void KubeconfigWritingTest::breaksNoFormItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("folded") << QByteArray("\n        id-token: >-\n          a.b.c\n        refresh-token: r1\n");
    QTest::newRow("escaped") << QByteArray("{id-token: \"\\x61.b.c\", refresh-token: r1}");
    QTest::newRow("with an anchor") << QByteArray("{id-token: &x a.b.c, refresh-token: r1}");
}

/// They are what was used, so that nobody else was faster: it is to be said that they could not be replaced.
void KubeconfigWritingTest::breaksNoFormItDoesNotKnow()
{
    QFETCH(QByteArray, config);
    const QByteArray before = "users:\n- name: ana\n  user:\n    auth-provider:\n      config: " + config + "\n";
    write(before);
    const auto done = replace();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Local);
    QCOMPARE(content(), before);
}

void KubeconfigWritingTest::keepsToTheLock()
{
    const QByteArray before =
        "users: [{name: ana, user: {auth-provider: {config: {id-token: a.b.c, refresh-token: r1}}}}]";
    write(before);
    QFile lock(path() + QStringLiteral(".lock"));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    QVERIFY(!replace());
    QCOMPARE(content(), before);
    QVERIFY(lock.exists());
}

void KubeconfigWritingTest::saysWhoseTheLockIs_data()
{
    QTest::addColumn<int>("age");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isLeftBehind");
    QTest::newRow("at work") << 5 << QStringLiteral("seconds old") << false;
    QTest::newRow("a minute") << 90 << QStringLiteral("seconds ago") << true;
    QTest::newRow("minutes") << 600 << QStringLiteral("10 minutes ago") << true;
    QTest::newRow("hours") << 3 * 3600 + 60 << QStringLiteral("3 hours ago") << true;
    QTest::newRow("days") << 3 * 86400 + 60 << QStringLiteral("3 days ago") << true;
}

void KubeconfigWritingTest::saysWhoseTheLockIs()
{
    QFETCH(int, age);
    QFETCH(QString, said);
    QFETCH(bool, isLeftBehind);
    write("users: []");
    QFile lock(path() + QStringLiteral(".lock"));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    QVERIFY(lock.setFileTime(QDateTime::currentDateTime().addSecs(-age), QFileDevice::FileModificationTime));
    const auto done = replace();
    QVERIFY(!done);
    const QString summary = done.error().summary;
    QVERIFY2(summary.contains(lock.fileName()) && summary.contains(said), qPrintable(summary));
    QVERIFY2(summary.contains(QFileInfo(lock).owner()), qPrintable(summary));
    QCOMPARE(summary.contains(QLatin1String("Make sure that no kubectl runs, then delete it")), isLeftBehind);
    QVERIFY(lock.exists());
}

void KubeconfigWritingTest::saysThatItCannotLock()
{
    m_folder->remove();
    const auto done = replace();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Local);
    QVERIFY2(done.error().summary.contains(QLatin1String("can't be made")), qPrintable(done.error().summary));
}

void KubeconfigWritingTest::keepsWhoMayRead()
{
    write("users: [{name: ana, user: {auth-provider: {config: {id-token: a.b.c, refresh-token: r1}}}}]");
    const auto before = QFileInfo(path()).permissions();
    QVERIFY(replace());
    QCOMPARE(QFileInfo(path()).permissions(), before);
}

void KubeconfigWritingTest::followsALink()
{
    write("users: [{name: ana, user: {auth-provider: {config: {id-token: a.b.c, refresh-token: r1}}}}]");
    const QString target = m_folder->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QFile::rename(path(), target));
    QVERIFY(QFile::link(target, path()));
    QVERIFY(replace());
    QVERIFY(QFileInfo(path()).isSymLink());
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("d.e.f-longer"));
}

QTEST_GUILESS_MAIN(KubeconfigWritingTest)
#include "tst_kubeconfigwriting.moc"
