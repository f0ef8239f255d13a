// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

QByteArray kubeconfig(const QByteArrayList &names, const QByteArray &token = "secret")
{
    QByteArray text = "apiVersion: v1\nkind: Config\ncurrent-context: " + names.first()
        + "\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\nusers: [{name: u, user: {token: " + token
        + "}}]\ncontexts:\n";
    for (const QByteArray &name : names)
        text += "- {name: " + name + ", context: {cluster: c, user: u}}\n";
    return text;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QStringList namesOf(const ClusterCatalog &catalog)
{
    QStringList names;
    for (const ClusterEntry &entry : catalog.entries())
        names.append(entry.name);
    return names;
}

} // namespace

class TestClusterCatalog final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsContextsOfAllFiles();
    void keepsTheOthersWhereOneIsBroken();
    void saysWhatIsWrongWithFiles();
    void seesChangesOnDisk();
    void seesThatACertificateWasWrittenAnew();
    void readsAgainInTheBackground();
    void tellsThatItReadWhatIsAsItWas();
    void endsWithTheLastOfOverlappingReloads();
    void doesNotWaitForALargeFile();
    void knowsTheStateOfConnections();
    void addsAFile();
    void remembersAddedFiles();
    void tellsOfUnverifiedServers();
    void keepsAFileThatWasAddedApart();
    void namesAFileThatCannotBeUsed();
    void forgetsWhatCouldNotBeOpenedWhenItReadsAgain();
    void knowsThatWhatWasNamedIsNotThere();
    void saysThatNothingIsLeftToChoose();
};

void TestClusterCatalog::listsContextsOfAllFiles()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"one", "two"}));
    write(folder.filePath(u"b"_qs), kubeconfig({"three"}));
    const ClusterCatalog catalog({folder.filePath(u"a"_qs), folder.filePath(u"b"_qs)});
    QCOMPARE(namesOf(catalog), QStringList({u"one"_qs, u"two"_qs, u"three"_qs}));
    QCOMPARE(catalog.entry(catalog.currentId())->name, u"one"_qs);
    QCOMPARE(catalog.entry(catalog.idOfContext(u"three"_qs))->source, folder.filePath(u"b"_qs));
    QVERIFY(catalog.idOfContext(u"four"_qs).isEmpty());
    const Result<ClusterAccess> access = catalog.resolve(catalog.idOfContext(u"two"_qs));
    QVERIFY(access.has_value());
    QCOMPARE(access->contextName, u"two"_qs);
    QVERIFY(!catalog.resolve(u"no such id"_qs).has_value());
}

void TestClusterCatalog::keepsTheOthersWhereOneIsBroken()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"good"}) + "- {name: bad, context: {cluster: nowhere, user: u}}\n");
    const ClusterCatalog catalog({folder.filePath(u"a"_qs)});
    QCOMPARE(namesOf(catalog), QStringList({u"good"_qs, u"bad"_qs}));
    const ClusterEntry bad = *catalog.entry(catalog.idOfContext(u"bad"_qs));
    QCOMPARE(bad.state, ClusterEntry::State::Broken);
    QVERIFY2(bad.problem.contains(u"nowhere"_qs), qPrintable(bad.problem));
}

void TestClusterCatalog::saysWhatIsWrongWithFiles()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"broken"_qs), "contexts: [");
    const ClusterCatalog catalog({folder.filePath(u"missing"_qs), folder.filePath(u"broken"_qs)});
    QVERIFY(catalog.entries().isEmpty());
    QCOMPARE(catalog.problems().size(), 2);
    QVERIFY(catalog.currentId().isEmpty());
}

void TestClusterCatalog::seesChangesOnDisk()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_qs);
    ClusterCatalog catalog({path});
    QVERIFY(catalog.entries().isEmpty());
    QSignalSpy spy(&catalog, &ClusterCatalog::reloaded);
    write(path, kubeconfig({"zero"})); // before it is watched
    catalog.watchFiles();
    QTRY_COMPARE(namesOf(catalog), QStringList({u"zero"_qs}));
    write(path, kubeconfig({"one"}));
    QTRY_COMPARE(namesOf(catalog), QStringList({u"one"_qs}));

    QFile::remove(path);
    write(folder.filePath(u"new"_qs), kubeconfig({"one", "two"}));
    QVERIFY(QFile::rename(folder.filePath(u"new"_qs), path));
    QTRY_COMPARE(namesOf(catalog), QStringList({u"one"_qs, u"two"_qs}));

    const qsizetype before = spy.count();
    write(path, kubeconfig({"one", "two"}, "renewed"));
    QTRY_VERIFY(spy.count() > before);
    QTRY_COMPARE(catalog.resolve(catalog.idOfContext(u"one"_qs))->token.reveal(), u"renewed"_qs);
}

/// In its place, as some that renew certificates do; the kubeconfig stays as it is.
void TestClusterCatalog::seesThatACertificateWasWrittenAnew()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"pki"_qs));
    const QString path = folder.filePath(u"a"_qs);
    const QString certificate = folder.filePath(u"pki/me.crt"_qs);
    write(certificate, "first");
    write(folder.filePath(u"pki/me.key"_qs), "key");
    write(path,
        "clusters: [{name: c, cluster: {server: 'https://h'}}]\ncontexts: [{name: prod, context: {cluster: c, user: "
        "u}}]\nusers: [{name: u, user: {client-certificate: pki/me.crt, client-key: pki/me.key}}]\n");
    ClusterCatalog catalog({path});
    QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.watchFiles();
    const auto known = [&catalog] {
        const auto access = catalog.resolve(catalog.idOfContext(u"prod"_qs));
        return access ? access->clientCertificate : access.error().summary.toUtf8();
    };
    QCOMPARE(known(), QByteArray("first"));
    QTest::qWait(300); // what watching begins with is over
    const qsizetype before = reloaded.size();
    write(certificate, "other");
    QTRY_VERIFY(reloaded.size() > before);
    QCOMPARE(known(), QByteArray("other"));
}

void TestClusterCatalog::readsAgainInTheBackground()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_qs);
    write(path, kubeconfig({"one"}));
    ClusterCatalog catalog({path});
    QCOMPARE(namesOf(catalog), QStringList({u"one"_qs}));
    write(path, kubeconfig({"one", "two"}));
    catalog.reload();
    QCOMPARE(namesOf(catalog), QStringList({u"one"_qs}));
    QTRY_COMPARE(namesOf(catalog), QStringList({u"one"_qs, u"two"_qs}));
}

void TestClusterCatalog::tellsThatItReadWhatIsAsItWas()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"one"}));
    ClusterCatalog catalog({folder.filePath(u"a"_qs)});
    const QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.reload();
    QTRY_COMPARE(reloaded.count(), 1);
    catalog.reload();
    QTRY_COMPARE(reloaded.count(), 2);
}

void TestClusterCatalog::endsWithTheLastOfOverlappingReloads()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_qs);
    write(path, kubeconfig({"zero"}));
    ClusterCatalog catalog({path});
    QStringList seen;
    connect(&catalog, &ClusterCatalog::reloaded, this, [&] { seen = namesOf(catalog); });
    for (const char *name : {"one", "two", "three"}) {
        write(path, kubeconfig({name}));
        catalog.reload();
    }
    QTRY_COMPARE(namesOf(catalog), QStringList({u"three"_qs}));
    QTRY_COMPARE(seen, QStringList({u"three"_qs}));
}

void TestClusterCatalog::doesNotWaitForALargeFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_qs);
    write(path, kubeconfig({"one"}) + QByteArray(ClusterCatalog::usualBytes, '#'));
    const ClusterCatalog catalog({path});
    QVERIFY(catalog.entries().isEmpty());
    QCOMPARE(catalog.files(), QStringList{path});
    QCOMPARE(catalog.problems().size(), 1);
    QCOMPARE(catalog.problems().first().kind, Error::Kind::NotReady);
    QTRY_COMPARE(namesOf(catalog), QStringList({u"one"_qs}));
    QVERIFY(catalog.problems().isEmpty());
}

void TestClusterCatalog::knowsTheStateOfConnections()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"one"}));
    ClusterCatalog catalog({folder.filePath(u"a"_qs)});
    QSignalSpy spy(&catalog, &ClusterCatalog::entriesChanged);
    catalog.setState(catalog.currentId(), ClusterEntry::State::Offline, u"refused"_qs);
    catalog.setState(catalog.currentId(), ClusterEntry::State::Offline, u"refused"_qs);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(catalog.entries().first().problem, u"refused"_qs);
    const QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.reload();
    QTRY_COMPARE(reloaded.count(), 1);
    QCOMPARE(catalog.entries().first().state, ClusterEntry::State::Offline);
}

void TestClusterCatalog::addsAFile()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"one"}));
    ClusterCatalog catalog({folder.filePath(u"missing"_qs)});
    catalog.addFile(folder.filePath(u"a"_qs));
    QTRY_COMPARE(namesOf(catalog), QStringList({u"one"_qs, u"missing"_qs})); // which was named, and is not there
}

void TestClusterCatalog::remembersAddedFiles()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"PennantTest"_qs);
    QCoreApplication::setApplicationName(u"tst_clustercatalog"_qs);
    QSettings().clear();
    const QTemporaryDir folder;
    const QString added = folder.filePath(u"added"_qs);
    write(folder.filePath(u"default"_qs), kubeconfig({"one"}));
    write(added, kubeconfig({"two"}));
    qputenv("KUBECONFIG", folder.filePath(u"default"_qs).toUtf8());
    ClusterCatalog({}).addFile(added);
    QCOMPARE(namesOf(ClusterCatalog({})), QStringList({u"one"_qs, u"two"_qs}));
    QCOMPARE(namesOf(ClusterCatalog({added})), QStringList({u"two"_qs}));
    QSettings().clear();
}

void TestClusterCatalog::tellsOfUnverifiedServers()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs),
        "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1', insecure-skip-tls-verify: true}},\n"
        "  {name: d, cluster: {server: 'https://127.0.0.1:2'}}]\n"
        "contexts: [{name: lab, context: {cluster: c}}, {name: prod, context: {cluster: d}}]\n");
    const ClusterCatalog catalog({folder.filePath(u"a"_qs)});
    QVERIFY(catalog.entry(catalog.idOfContext(u"lab"_qs))->skipsTlsVerification);
    QVERIFY(!catalog.entry(catalog.idOfContext(u"prod"_qs))->skipsTlsVerification);
}

/// Half of all kubeconfigs call their cluster `kubernetes`.
void TestClusterCatalog::keepsAFileThatWasAddedApart()
{
    const QTemporaryDir folder;
    const auto config = [](const QByteArray &context, const QByteArray &host) {
        return "clusters: [{name: kubernetes, cluster: {server: 'https://" + host
            + "'}}]\nusers: [{name: kubernetes-admin, user: {token: of-" + host + "}}]\ncontexts: [{name: " + context
            + ", context: {cluster: kubernetes, user: kubernetes-admin}}]\n";
    };
    write(folder.filePath(u"prod"_qs), config("prod", "prod.example"));
    write(folder.filePath(u"test"_qs), config("test", "test.example"));
    write(folder.filePath(u"copy"_qs), config("prod", "copy.example"));
    ClusterCatalog catalog({folder.filePath(u"prod"_qs), folder.filePath(u"test"_qs)});
    QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.addFile(folder.filePath(u"copy"_qs));
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(catalog.entries().size(), 3);
    for (const char *file : {"prod", "test", "copy"}) {
        const QString context = QByteArray(file) == "test" ? u"test"_qs : u"prod"_qs;
        const auto access = catalog.resolve(folder.filePath(QLatin1String(file)) + u'#' + context);
        QVERIFY(access);
        QCOMPARE(access->server.host(), QLatin1String(file) + u".example"_qs);
        QCOMPARE(access->token.reveal(), u"of-"_qs + QLatin1String(file) + u".example"_qs);
    }
}

void TestClusterCatalog::namesAFileThatCannotBeUsed()
{
    const QTemporaryDir folder;
    const QString good = folder.filePath(u"good"_qs);
    const QString broken = folder.filePath(u"broken"_qs);
    write(good,
        "clusters: [{name: c, cluster: {server: 'https://h'}}]\ncontexts: [{name: prod, context: {cluster: c}}]\n");
    write(broken, "contexts: [");
    ClusterCatalog catalog({good});
    QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.addFile(broken);
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(catalog.entries().size(), 2);
    const ClusterEntry entry = catalog.entries().last();
    QCOMPARE(entry.name, u"broken"_qs);
    QCOMPARE(entry.state, ClusterEntry::State::Broken);
    QVERIFY2(entry.problem.contains(broken), qPrintable(entry.problem));
    QCOMPARE(catalog.idOfContext(entry.name), QString()); // it is none
    const auto access = catalog.resolve(entry.id);
    QVERIFY(!access);
    QCOMPARE(access.error().summary, entry.problem);
    write(broken,
        "clusters: [{name: c, cluster: {server: 'https://i'}}]\ncontexts: [{name: lab, context: {cluster: c}}]\n");
    catalog.reload();
    QTRY_COMPARE(reloaded.size(), 2);
    QCOMPARE(catalog.entries().size(), 2);
    QCOMPARE(catalog.entries().last().name, u"lab"_qs);
}

void TestClusterCatalog::forgetsWhatCouldNotBeOpenedWhenItReadsAgain()
{
    const QTemporaryDir folder;
    write(folder.filePath(u"a"_qs), kubeconfig({"one"}));
    ClusterCatalog catalog({folder.filePath(u"a"_qs)});
    catalog.setState(catalog.currentId(), ClusterEntry::State::Broken, u"no key"_qs);
    QCOMPARE(catalog.entries().first().state, ClusterEntry::State::Broken);
    const QSignalSpy reloaded(&catalog, &ClusterCatalog::reloaded);
    catalog.reload();
    QTRY_COMPARE(reloaded.count(), 1);
    QCOMPARE(catalog.entries().first().state, ClusterEntry::State::Closed);
}

void TestClusterCatalog::knowsThatWhatWasNamedIsNotThere()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"PennantTest"_qs);
    QCoreApplication::setApplicationName(u"tst_clustercatalog"_qs);
    QSettings().clear();
    const QTemporaryDir folder;
    const QString added = folder.filePath(u"added"_qs);
    const QString missing = folder.filePath(u"missing"_qs);
    write(added, kubeconfig({"two"}));
    qputenv("KUBECONFIG", missing.toUtf8());
    ClusterCatalog({}).addFile(added);
    ClusterCatalog catalog({});
    QCOMPARE(namesOf(catalog), QStringList({u"two"_qs}));
    QVERIFY(catalog.isNamedEmpty());
    QVERIFY(catalog.problems().first().summary.contains(missing));
    catalog.addFile(added);
    QVERIFY(!catalog.isNamedEmpty());
    qputenv("KUBECONFIG", (missing + u':' + added).toUtf8());
    QVERIFY(!ClusterCatalog({}).isNamedEmpty());
    qunsetenv("KUBECONFIG");
    QVERIFY(!ClusterCatalog({}).isNamedEmpty());
    QVERIFY(ClusterCatalog({missing}).isNamedEmpty());
    QSettings().clear();
}

void TestClusterCatalog::saysThatNothingIsLeftToChoose()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a"_qs);
    write(path, kubeconfig({"one"}));
    ClusterCatalog catalog({path});
    const QString id = catalog.currentId();
    QVERIFY(QFile::remove(path));
    catalog.reload();
    QTRY_VERIFY(catalog.entries().isEmpty());
    const QString said = catalog.resolve(id).error().summary;
    QVERIFY2(said.contains(path), qPrintable(said));
    QVERIFY2(!said.contains(u"on the left"_qs), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestClusterCatalog)
#include "tst_clustercatalog.moc"
