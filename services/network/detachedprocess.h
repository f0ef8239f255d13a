// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>

#include <memory>

class TerminalSettings;

/// A child process that nobody can type to: without a terminal and without standard input, in a session of its own. Or,
/// where it is asked for, one that has the terminal of this program, whose settings come back afterwards; what it
/// writes to standard error goes there as well. What it writes is kept up to a bound. It deletes itself after letGo(),
/// which ends the process without waiting for it, and asks those to end that it started in its session. GUI thread.
class DetachedProcess final : public QObject {
    Q_OBJECT

public:
    enum class Input { None, Terminal };

    /// A terminal only where terminalState() is Ours.
    explicit DetachedProcess(Input input = Input::None);
    ~DetachedProcess() override;

    /// As in QProcess; `over` follows, through the event loop, also where it could not be started.
    void start(const QString &program, const QStringList &arguments,
        const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    /// The first megabyte of its standard output.
    const QByteArray &output() const { return m_output; }
    /// The last few kilobytes of its standard error.
    const QByteArray &words() const { return m_words; }
    /// Valid once it is over; empty where it ended by itself with status 0.
    QString failure() const { return m_failure; }

    void letGo();

Q_SIGNALS:
    void wordsChanged();
    void over();

private:
    void readOutput();
    void readWords();
    void end(const QString &failure);

    QProcess *m_process;
    Input m_input;
    std::unique_ptr<TerminalSettings> m_settings;
    QByteArray m_output;
    QByteArray m_words;
    QString m_failure;
    bool m_isOver = false;
};
