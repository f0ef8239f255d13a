// SPDX-License-Identifier: GPL-3.0-or-later
// Another program that owns the clipboard: takes it when a line arrives on its standard input, and writes a byte to its
// standard output whenever somebody asks for what it holds. Where the input ends, it answers what was asked and ends.
// With the argument "paste" it only reads what is there, and writes how long that is.
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace {

bool isTaking = false; ///< then it is Qt that looks

class CountedData final : public QMimeData {
public:
    CountedData() { setText(QStringLiteral("somebody else's")); }

    QStringList formats() const override
    {
        noteAsked();
        return QMimeData::formats();
    }

protected:
    QVariant retrieveData(const QString &mimeType, QMetaType type) const override
    {
        noteAsked();
        return QMimeData::retrieveData(mimeType, type);
    }

private:
    static void noteAsked()
    {
        if (!isTaking && write(STDOUT_FILENO, "?", 1) != 1)
            QGuiApplication::exit(1);
    }
};

void sayAllAndQuit()
{
    QGuiApplication::sync();
    QGuiApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    if (argc > 1) {
        QTimer::singleShot(0, &application, [] {
            std::printf("%d\n", int(QGuiApplication::clipboard()->text().size()));
            QGuiApplication::quit();
        });
        return QGuiApplication::exec();
    }
    const QSocketNotifier told(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&told, &QSocketNotifier::activated, &application, [] {
        char line[16];
        if (read(STDIN_FILENO, line, sizeof line) <= 0)
            return sayAllAndQuit();
        isTaking = true;
        QGuiApplication::clipboard()->setMimeData(new CountedData);
        isTaking = false;
    });
    return QGuiApplication::exec();
}
