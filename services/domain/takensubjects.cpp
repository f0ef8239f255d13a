// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/takensubjects.h"

#include <QHash>

#include <algorithm>
#include <limits>
#include <vector>

namespace {

constexpr int none = std::numeric_limits<int>::max();

/// The subjects that were added first, by their numbers: of all streams, and of all but the one that has that.
struct Least {
    int subject = none;
    int stream = none;
    int ofOthers = none;

    void note(int number, int ofStream)
    {
        if (subject == none) {
            subject = number;
            stream = ofStream;
        } else if (ofOthers == none && ofStream != stream) {
            ofOthers = number;
        }
    }
    int without(int own) const { return stream == own ? ofOthers : subject; }
};

/// What begins with the same words. Children hang on one another, so that all nodes lie in one piece of memory.
struct Node {
    int any = -1; ///< the child for "*"
    int firstChild = -1;
    int nextSibling = -1;
    Least ends; ///< subjects that end with these words
    Least rest; ///< that go on with ">"
    Least below; ///< that go on at all
};

using Words = std::vector<QStringView>;

Words wordsOf(const QString &subject)
{
    Words words;
    qsizetype at = 0;
    for (;;) {
        const qsizetype dot = subject.indexOf(QLatin1Char('.'), at);
        words.push_back(QStringView(subject).mid(at, dot < 0 ? -1 : dot - at));
        if (dot < 0)
            return words;
        at = dot + 1;
    }
}

bool isAnyWord(QStringView word)
{
    return word == QLatin1String("*");
}

bool isAnyRest(QStringView word)
{
    return word == QLatin1String(">");
}

struct Account {
    int root = -1;
    QHash<QString, int> streams; ///< by name
};

} // namespace

class TakenSubjects::Data final : public QSharedData {
public:
    void add(const StreamSubjects &stream)
    {
        const int number = int(m_streams.size());
        m_streams.append(stream);
        Account &account = m_accounts[stream.id.account];
        if (account.root < 0)
            account.root = makeNode();
        account.streams.insert(stream.id.name, number);
        for (const QString &subject : stream.subjects)
            insert(account.root, subject, number);
    }

    const Account *account(const QString &name) const
    {
        const auto found = m_accounts.constFind(name);
        return found == m_accounts.cend() ? nullptr : &*found;
    }

    /// The number of the first subject that overlaps, but for those of stream `own`.
    int firstOverlap(int root, const QString &subject, int own) const
    {
        int best = none;
        seek(root, wordsOf(subject), 0, own, best);
        return best;
    }

    const QList<StreamSubjects> &streams() const { return m_streams; }
    const QString &subject(int number) const { return m_subjects.at(number); }
    const StreamSubjects &streamOf(int number) const { return m_streams.at(m_streamOf.at(std::size_t(number))); }

private:
    int makeNode()
    {
        m_nodes.emplace_back();
        return int(m_nodes.size()) - 1;
    }

    Node &at(int node) { return m_nodes[std::size_t(node)]; }
    const Node &at(int node) const { return m_nodes[std::size_t(node)]; }

    int childFor(int node, QStringView word)
    {
        const int known = isAnyWord(word) ? at(node).any : m_children.value({node, word}, -1);
        if (known >= 0)
            return known;
        const int made = makeNode();
        if (isAnyWord(word)) {
            at(node).any = made;
            return made;
        }
        m_children.insert({node, word}, made);
        at(made).nextSibling = at(node).firstChild;
        at(node).firstChild = made;
        return made;
    }

    void insert(int root, const QString &subject, int stream)
    {
        const int number = int(m_subjects.size());
        m_subjects.append(subject);
        m_streamOf.push_back(stream);
        int node = root;
        for (const QStringView word : wordsOf(m_subjects.constLast())) {
            at(node).below.note(number, stream);
            if (isAnyRest(word))
                return at(node).rest.note(number, stream);
            node = childFor(node, word);
        }
        at(node).ends.note(number, stream);
    }

    /// Into `best`, where there is an earlier one among what goes on from `node` as `words` do from `from` on.
    void seek(int node, const Words &words, std::size_t from, int own, int &best) const
    {
        const Node &here = at(node);
        if (from == words.size()) {
            best = std::min(best, here.ends.without(own));
            return;
        }
        const QStringView word = words[from];
        if (isAnyRest(word)) {
            best = std::min(best, here.below.without(own));
            return;
        }
        best = std::min(best, here.rest.without(own));
        if (here.below.without(own) >= best)
            return;
        if (here.any >= 0)
            seek(here.any, words, from + 1, own, best);
        if (isAnyWord(word)) {
            for (int child = here.firstChild; child >= 0; child = at(child).nextSibling)
                seek(child, words, from + 1, own, best);
        } else if (const int child = m_children.value({node, word}, -1); child >= 0) {
            seek(child, words, from + 1, own, best);
        }
    }

    QList<StreamSubjects> m_streams;
    QStringList m_subjects; ///< by number, in the order in which they were added
    std::vector<int> m_streamOf; ///< by number
    std::vector<Node> m_nodes;
    QHash<std::pair<int, QStringView>, int> m_children; ///< the words lie in m_subjects
    QHash<QString, Account> m_accounts;
};

TakenSubjects::TakenSubjects()
    : d(new Data)
{
}

TakenSubjects::TakenSubjects(const QList<StreamSubjects> &streams)
    : TakenSubjects()
{
    for (const StreamSubjects &stream : streams)
        d->add(stream);
}

TakenSubjects::TakenSubjects(std::initializer_list<StreamSubjects> streams)
    : TakenSubjects(QList<StreamSubjects>(streams))
{
}

TakenSubjects::~TakenSubjects() = default;
TakenSubjects::TakenSubjects(const TakenSubjects &other) = default;
TakenSubjects &TakenSubjects::operator=(const TakenSubjects &other) = default;

void TakenSubjects::add(const StreamSubjects &stream)
{
    d->add(stream);
}

const QList<StreamSubjects> &TakenSubjects::streams() const
{
    return d->streams();
}

bool TakenSubjects::contains(const StreamId &id) const
{
    const Account *account = d->account(id.account);
    return account && account->streams.contains(id.name);
}

std::optional<TakenSubjects::Overlap> TakenSubjects::overlapOf(const QStringList &subjects, const StreamId &own) const
{
    const Account *account = d->account(own.account);
    if (!account)
        return std::nullopt;
    const int ownNumber = account->streams.value(own.name, -1);
    int best = none;
    QString ours;
    for (const QString &subject : subjects) {
        const int found = d->firstOverlap(account->root, subject, ownNumber);
        if (found < best) {
            best = found;
            ours = subject;
        }
    }
    if (best == none)
        return std::nullopt;
    return Overlap{ours, d->subject(best), d->streamOf(best).id.name};
}
