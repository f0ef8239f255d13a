// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

/// A folder with a shell, as somebody has who tries an example: `kubectl`, the NATS CLI and what the machine has.
/// Watches every command line of the machine while it works: no password may stand there.
class ExampleShell final {
public:
    /// `tools`: folders to be looked in first. `secret` is what must stand nowhere.
    ExampleShell(const QStringList &tools, const QString &secret);
    ~ExampleShell();

    bool isReady() const { return m_folder.isValid(); }
    bool save(const QString &name, const QString &text) const;
    /// Runs `code` to its end, within three minutes.
    bool run(const QString &code);
    /// Begins `code` and waits until it has said `sign`; it ends with the shell.
    bool begin(const QString &code, const QString &sign);
    /// With this in the environment from now on.
    void set(const QString &name, const QString &value) { m_environment.insert(name, value); }
    /// What the last one said, for when it failed.
    QString said() const { return m_said; }
    /// Where the secret was seen; empty: nowhere.
    QString leak() const { return m_leak; }

private:
    void start(QProcess &process, const QString &code) const;
    void watchCommandLines();
    void note(const QByteArray &output);

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    QString m_secret;
    QString m_said;
    QString m_leak;
    std::vector<std::unique_ptr<QProcess>> m_others;
};
